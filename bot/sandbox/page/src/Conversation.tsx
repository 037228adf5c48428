// A channel or a direct conversation: messages by day, threads beneath their first message, and what one writes.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Conversation, Message } from "./api";
import { Composer } from "./Composer";
import { useDoing } from "./context";
import { Icon } from "./Icon";
import { MessageView } from "./MessageView";
import { day } from "./times";

/** Milliseconds in which a new message is taken for the answer to what one just did. */
const OWN = 30_000;

export function ConversationView({ place, draft, drafted }: { place: Conversation; draft: string; drafted: () => void }) {
  const { world, act, acted } = useDoing();
  const app = world.apps[0];
  const direct = place.kind === "im" || place.kind === "mpim";
  const withApp = place.id === app?.dm;
  const zone = world.people.find((one) => one.id === world.me)?.tz ?? null;
  const [openThreads, setOpenThreads] = useState<Record<string, boolean>>({});
  const threads = useMemo(() => {
    const found: Record<string, Message[]> = {};
    for (const one of place.messages) if (one.thread) (found[one.thread] ??= []).push(one);
    return found;
  }, [place.messages]);
  const heads = place.messages.filter((one) => !one.thread);
  const box = useRef<HTMLDivElement>(null);
  // What is kept in view as messages come and grow: the newest, from where we put it; the end, where one went oneself; or nothing.
  const kept = useRef<"newest" | "end" | "">("newest");
  const put = useRef(-1);
  const known = useRef("");
  const [below, setBelow] = useState(false);
  const show = (what: "newest" | "end") => {
    const shown = box.current;
    if (!shown) return;
    kept.current = what;
    if (what === "newest") showNewest(shown);
    else shown.scrollTop = shown.scrollHeight;
    put.current = shown.scrollTop;
    setBelow(false);
  };
  const scrolled = (shown: HTMLElement) => {
    if (Math.abs(shown.scrollTop - put.current) < 2) return;
    put.current = -1;
    acted.current = 0; // whoever scrolls away reads there: what comes now isn't followed
    kept.current = shown.scrollHeight - shown.scrollTop - shown.clientHeight < 60 ? "end" : "";
    if (kept.current) setBelow(false);
  };
  const newest = place.messages[place.messages.length - 1]?.ts;
  useLayoutEffect(() => {
    const came = newest !== undefined && newest > known.current;
    known.current = newest ?? "";
    if (!came) return;
    if (kept.current || Date.now() - acted.current < OWN) show("newest");
    else setBelow(true);
  }, [newest]);
  useEffect(() => {
    const shown = box.current;
    if (!shown) return;
    const watcher = new ResizeObserver(() => kept.current && show(kept.current));
    for (const child of shown.children) watcher.observe(child);
    return () => watcher.disconnect();
  }, []);
  const members = place.members.length;
  let before = "";
  return (
    <>
      <header className="place-head">
        <h2>{direct ? place.title : <><Icon sign={place.kind === "private" ? "lock" : "hash"} />{place.title}</>}</h2>
        <p className="quiet">{withApp ? "Only you see these messages" : `${members} ${members === 1 ? "member" : "members"}${place.archived ? ", archived" : ""}`}</p>
      </header>
      <div className="messages" ref={box} tabIndex={0} role="log" aria-label={`Messages in ${place.title}`}
        onScroll={(event) => scrolled(event.currentTarget)}>
        <div className="scroll">
          {!heads.length && (
            <div className="empty">
              <Icon sign={direct ? "messages" : place.kind === "private" ? "lock" : "hash"} />
              <p><b>{withApp ? "Nothing yet." : "No messages yet."}</b></p>
              <p>{withApp ? "The app writes here when it has a question for you." : direct ? "Whoever writes first begins." : "When a round of check-ins closes, the team's summary comes here."}</p>
            </div>
          )}
          {heads.map((message) => {
            const when = day(new Date(message.at), zone);
            const divided = when !== before;
            before = when;
            const replies = threads[message.ts] ?? [];
            const open = openThreads[message.ts] ?? false;
            return (
              <div key={message.ts}>
                {divided && <h3 className="day"><span>{when}</span></h3>}
                <MessageView message={message} channel={place.id} zone={zone}>
                  {replies.length > 0 && (
                    <div className="thread">
                      <button type="button" className="link" aria-expanded={open} onClick={() => setOpenThreads({ ...openThreads, [message.ts]: !open })}>
                        {open ? "Hide the thread" : `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`}
                      </button>
                      {open && replies.map((reply) => <MessageView key={reply.ts} message={reply} channel={place.id} zone={zone} />)}
                    </div>
                  )}
                </MessageView>
              </div>
            );
          })}
        </div>
      </div>
      {below && <div className="below"><button type="button" className="button" onClick={() => show("newest")}>New messages below</button></div>}
      {place.writable ? (
        <Composer place={place.id} title={direct ? place.title : `#${place.title}`} draft={draft} drafted={drafted} />
      ) : (
        <div className="composer shut">
          <p>{place.archived ? "This channel is archived." : "You are not in this channel. You can read it."}</p>
          {!place.archived && <button type="button" className="button" onClick={() => void act("joins", { channel: place.id })}>Join</button>}
        </div>
      )}
    </>
  );
}

/** The newest message from its beginning, where it is too long to be seen whole. */
function showNewest(box: HTMLElement) {
  const all = box.querySelectorAll<HTMLElement>(".scroll > div > article");
  const last = all[all.length - 1];
  box.scrollTop = box.scrollHeight;
  if (last && last.offsetHeight > box.clientHeight - 40) box.scrollTop = last.offsetTop - box.offsetTop - 48;
}
