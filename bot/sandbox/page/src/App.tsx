// The page: a bar of time above, a workspace in the middle, and beside it the desk of whoever tries things out.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { doAs, directStage, type Json, Refusal, useGone, useWorld, type Way } from "./api";
import { ConversationView } from "./Conversation";
import { DoingContext } from "./context";
import { Desk } from "./desk/Desk";
import { NextStep } from "./desk/NextStep";
import { useKeptFocus } from "./focus";
import { HomeView } from "./Home";
import { Modal } from "./Modal";
import { Sidebar } from "./Sidebar";
import { type Pane, Tabs } from "./Tabs";
import { useTheme } from "./theme";
import { TimeBar } from "./TimeBar";

const fromAddress = (): { person: string; place: string } => {
  const [person = "", place = ""] = decodeURIComponent(window.location.hash.slice(1)).split("/");
  return { person, place };
};

export function App() {
  const [at, setAt] = useState(fromAddress);
  const { world, connected, ahead } = useWorld(at.person, at.place);
  const [draft, setDraft] = useState<{ place: string; text: string } | null>(null);
  const [said, setSaid] = useState<{ text: string; count: number } | null>(null);
  const [pane, setPane] = useState<Pane>("");
  const { theme, choice, choose } = useTheme();
  const seenWorld = useRef("");
  const acted = useRef(0);
  useKeptFocus();

  const walk = useCallback((person: string, place: string) => {
    window.history.pushState(null, "", `#${person}/${encodeURIComponent(place)}`);
    setAt({ person, place });
    setPane("");
  }, []);
  useEffect(() => {
    const moved = () => setAt(fromAddress());
    window.addEventListener("popstate", moved);
    window.addEventListener("hashchange", moved);
    return () => {
      window.removeEventListener("popstate", moved);
      window.removeEventListener("hashchange", moved);
    };
  }, []);

  // A new world has other people: begin where it says.
  useEffect(() => {
    if (!world?.workspace || world.asked.person !== at.person || world.asked.place !== at.place) return;
    const known = world.people.some((one) => one.id === at.person);
    const fresh = seenWorld.current !== "" && seenWorld.current !== world.world;
    seenWorld.current = world.world;
    if (known && world.place && !fresh) return;
    const start: Way = world.stage?.start ?? {};
    const person = known && !fresh ? at.person : (start.person ?? world.me);
    const place = (known && !fresh ? "" : start.place) || world.channels.find((one) => one.member)?.id || world.channels[0]?.id || "";
    if (person !== at.person || place !== at.place) {
      window.history.replaceState(null, "", `#${person}/${encodeURIComponent(place)}`);
      setAt({ person, place });
    }
  }, [world, at]);

  const gone = useGone(connected);
  const say = useCallback((text: string) => setSaid((before) => ({ text, count: (before?.count ?? 0) + 1 })), []);
  useEffect(() => {
    if (!said) return;
    const later = window.setTimeout(() => setSaid(null), 7000);
    return () => window.clearTimeout(later);
  }, [said]);
  const act = useCallback(
    async (what: string, given: Json) => {
      acted.current = Date.now();
      try {
        const answer = await doAs(at.person, what, given);
        if (answer.problem) say(`The app didn't answer (${String(answer.problem).replaceAll("_", " ")}). Try again.`);
        return answer;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        say(error.message);
        return null;
      }
    },
    [at.person, say],
  );
  const direct = useCallback(
    async (given: Json) => {
      try {
        await directStage(given);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        say(error.message);
      }
    },
    [say],
  );
  const follow = useCallback(
    (way: Way) => {
      const place = way.place ?? at.place;
      walk(way.person ?? at.person, place);
      if (way.draft) setDraft({ place, text: way.draft });
      else window.setTimeout(() => document.getElementById("talk")?.focus({ preventScroll: true }), 0);
    },
    [at, walk],
  );
  const doing = useMemo(
    () => (world ? { world, theme, act, say, go: (place: string) => walk(at.person, place), acted } : null),
    [world, theme, act, say, walk, at.person],
  );

  if (!world || !doing || !world.workspace) return <p className="waiting" role="status">{gone ? "The sandbox can't be reached. Is the demo still running?" : "Opening the workspace…"}</p>;
  const here = world.place && world.place.id === at.place ? world.place : null;
  const top = world.modals[world.modals.length - 1];
  return (
    <DoingContext.Provider value={doing}>
      <a className="skip" href="#talk" onClick={(event) => { event.preventDefault(); document.getElementById("talk")?.focus(); }}>To the conversation</a>
      {gone && <p className="banner" role="alert">The demo has ended, or this machine sleeps. Type <code>make demo</code> again; this page then goes on by itself.</p>}
      <TimeBar world={world} ahead={ahead} direct={direct} theme={choice} chooseTheme={choose} />
      <main className="page" data-pane={pane} data-world={world.world}>
        <Sidebar world={world} at={at} walk={walk} titles={world.stage?.titles ?? {}} />
        <section className="talk" id="talk" tabIndex={-1} aria-label="Conversation">
          {here?.kind === "home" ? (
            <HomeView key={`${world.me}${here.id}`} home={here} />
          ) : here ? (
            <ConversationView key={`${world.me}${here.id}`} place={here} draft={draft?.place === here.id ? draft.text : ""} drafted={() => setDraft(null)} />
          ) : (
            <p className="waiting" role="status">Opening…</p>
          )}
        </section>
        <Desk world={world} direct={direct} follow={follow} />
      </main>
      {world.stage && pane === "" && <NextStep world={world} stage={world.stage} direct={direct} follow={follow} />}
      <Tabs pane={pane} choose={setPane} />
      {top && <Modal key={top.id} view={top} depth={world.modals.length} />}
      <div className="toasts" role="status" aria-live="polite">
        {!connected && !gone && <p className="toast">The sandbox is starting anew…</p>}
        {said && <p className="toast" key={said.count}>{said.text}</p>}
      </div>
    </DoingContext.Provider>
  );
}
