// What time it is in the workspace, and ways to let it pass.
import { useEffect, useState } from "react";
import type { Json, World } from "./api";
import { BusyButton } from "./BusyButton";
import type { Choice } from "./theme";
import { clock, moment, shortDay } from "./times";

interface Given { world: World; ahead: () => Date; direct: (given: Json) => Promise<void>; theme: Choice; chooseTheme: (choice: Choice) => void }

export function TimeBar({ world, ahead, direct, theme, chooseTheme }: Given) {
  const [now, setNow] = useState(ahead);
  const [busy, setBusy] = useState("");
  useEffect(() => {
    setNow(ahead());
    const ticking = window.setInterval(() => setNow(ahead()), 1000);
    return () => window.clearInterval(ticking);
  }, [world, ahead]);
  const zone = world.people.find((one) => one.id === world.me)?.tz ?? null;
  const { stage } = world;
  const pass = async (what: string) => {
    setBusy(what);
    await direct({ do: what });
    setBusy("");
  };
  const held = Boolean(stage?.busy) || busy !== "";
  return (
    <header className="bar">
      <h1 className="brand"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 10.5h3V14H2zM6.5 6.5h3V14h-3zM11 2h3v12h-3z" /></svg>Try it</h1>
      <p className="now" role="timer" aria-label="Time in this workspace"><b>{clock(now, zone)}</b> <span>{shortDay(now, zone)}</span></p>
      {stage && (
        <div className="passing" role="group" aria-label="Let time pass">
          <BusyButton className="button" held={held || !stage.next} busy={busy === "next"} onClick={() => void pass("next")}>
            <b>Next event</b>
            {stage.next && <small>{moment(new Date(stage.next.at), zone)}: {stage.next.what}</small>}
          </BusyButton>
          <BusyButton className="button" held={held} busy={busy === "day"} onClick={() => void pass("day")}><b>One day</b></BusyButton>
          <BusyButton className="button" held={held || !stage.close} busy={busy === "close"} onClick={() => void pass("close")}>
            <b>Until the round closes</b>
            {stage.close && <small>{moment(new Date(stage.close.at), zone)}: {stage.close.what}</small>}
          </BusyButton>
        </div>
      )}
      <label className="theme"><span className="unseen">Colours</span>
        <select value={theme} onChange={(event) => chooseTheme(event.target.value as Choice)}>
          <option value="system">System</option><option value="light">Light</option><option value="dark">Dark</option>
        </select>
      </label>
    </header>
  );
}
