// What can go wrong, at a switch, and that nothing is lost by it.
import { useEffect, useState } from "react";
import { BusyButton } from "../BusyButton";
import { type Json, turnSwitch, type World } from "../api";

const KINDS: [string | null, string, string][] = [
  [null, "Slack works", "Every call is answered at once."],
  ["slow", "Slack is slow", "Every call takes a second and a half."],
  ["ratelimited", "429, too many requests", "Every other call is refused, to be tried again in a second."],
  ["server_error", "500, server error", "Every other call fails, and nothing is done."],
  ["lose_reply", "Lost replies", "Every other call is done, but the connection breaks before the answer."],
];

export function Faults({ world, direct }: { world: World; direct: (given: Json) => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [turned, setTurned] = useState<{ kind: string | null } | null>(null);
  useEffect(() => setTurned(null), [world.fault]);
  const fault = turned ? turned.kind : world.fault;
  const turn = (kind: string | null) => {
    setTurned({ kind });
    void turnSwitch(kind);
  };
  const { stage } = world;
  const bot = async (what: string) => {
    setBusy(true);
    await direct({ do: what });
    setBusy(false);
  };
  return (
    <>
      <h2>What is wrong with Slack</h2>
      <fieldset className="choices switches">
        <legend className="unseen">What is wrong with Slack</legend>
        {KINDS.map(([kind, name, what]) => (
          <label key={name} className={fault === kind ? "choice chosen" : "choice"}>
            <input type="radio" name="fault" checked={fault === kind} onChange={() => turn(kind)} />
            <span>{name}<small>{what}</small></span>
          </label>
        ))}
      </fieldset>
      {stage && (
        <>
          <h2>The bot</h2>
          <p className={stage.app.connected ? "state good" : "state bad"} role="status">
            {stage.app.connected ? "Running." : stage.app.running ? "Starting." : "Killed. Taps and commands reach nobody."}
            {stage.app.starts > 1 && ` Started ${stage.app.starts} times.`}
          </p>
          {stage.app.running ? (
            <BusyButton key="bot" className="button danger" busy={busy} onClick={() => void bot("kill")}>Kill the bot</BusyButton>
          ) : (
            <BusyButton key="bot" className="button primary" busy={busy} onClick={() => void bot("start")}>Start it again</BusyButton>
          )}
          <h2>Nothing lost, nothing doubled</h2>
          <dl className="ledger">
            <div><dt>Messages owed</dt><dd>{stage.ledger.owed}</dd></div>
            <div><dt>Arrived</dt><dd>{stage.ledger.arrived}</dd></div>
            <div><dt>On their way</dt><dd>{stage.ledger.waiting}</dd></div>
            <div className={stage.ledger.doubled ? "bad" : ""}><dt>Arrived twice</dt><dd>{stage.ledger.doubled}</dd></div>
            <div className={stage.ledger.failed ? "bad" : ""}><dt>Given up</dt><dd>{stage.ledger.failed}</dd></div>
          </dl>
          <p className="quiet">Owed is what the bot's database says must reach people, arrived what Slack has confirmed. What arrived twice is counted in this Slack, by each message's own id.</p>
        </>
      )}
    </>
  );
}
