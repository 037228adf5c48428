// What went over the wire: each request and response, and whether Slack took it.
import { useEffect, useState } from "react";
import { type Call, callsFrom, type World } from "../api";
import { second } from "../times";

const SHOWN = 150;
const fromBot = (call: Call) => ["api", "response_url", "upload", "oauth"].includes(call.direction);

function verdict(call: Call): { good: boolean; says: string } {
  const said = call.response as { ok?: boolean; error?: string } | string | null;
  if (call.status === 0) return { good: false, says: call.problem ?? "no reply" };
  if (said && typeof said === "object" && said.ok === false) return { good: false, says: said.error ?? "refused" };
  return call.status < 300 ? { good: true, says: fromBot(call) ? "valid" : "taken" } : { good: false, says: String(call.status) };
}

export function Wire({ world }: { world: World }) {
  const [calls, setCalls] = useState<{ number: number; call: Call }[]>([]);
  const [only, setOnly] = useState<"all" | "sent" | "wrong">("sent");
  useEffect(() => {
    let gone = false;
    void callsFrom(Math.max(world.calls - SHOWN, 0)).then((found) => !gone && setCalls(found.calls.map((call, index) => ({ number: found.start + index, call }))));
    return () => { gone = true; };
  }, [world.calls, world.world]);
  const shown = calls.filter(({ call }) => only === "all" || (only === "sent" ? fromBot(call) : !verdict(call).good)).reverse();
  const zone = world.people.find((one) => one.id === world.me)?.tz ?? null;
  const wrong = calls.filter(({ call }) => !verdict(call).good).length;
  return (
    <>
      <h2>What the bot sent</h2>
      <p className="quiet">Each request is checked as Slack checks it: block by block, with the limits. {wrong ? `Of the last ${calls.length}, ${wrong} went wrong.` : `Of the last ${calls.length}, none was refused.`}</p>
      <label className="field-label" htmlFor="wire-only">Show</label>
      <select id="wire-only" value={only} onChange={(event) => setOnly(event.target.value as typeof only)}>
        <option value="sent">What the bot sent</option><option value="all">Both directions</option><option value="wrong">What went wrong</option>
      </select>
      <ol className="wire" reversed>
        {shown.map(({ number, call }) => {
          const judged = verdict(call);
          return (
            <li key={number}>
              <details>
                <summary>
                  <code>{call.method}</code>
                  <span className={judged.good ? "verdict good" : "verdict bad"}>{judged.says}</span>
                  <span className="way">{fromBot(call) ? "bot → Slack" : "Slack → bot"} · {second(new Date(call.at), zone)}</span>
                </summary>
                <p className="field-label">Request</p>
                <pre tabIndex={0} aria-label={`Request of ${call.method}`}>{JSON.stringify(call.body, null, 2)}</pre>
                <p className="field-label">Response, {call.status || "none"}</p>
                <pre tabIndex={0} aria-label={`Response to ${call.method}`}>{JSON.stringify(call.response, null, 2)}</pre>
              </details>
            </li>
          );
        })}
      </ol>
      {!shown.length && <p className="empty">Nothing yet.</p>}
    </>
  );
}
