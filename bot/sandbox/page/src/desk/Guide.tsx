import { useState } from "react";
import type { Json, Stage, Step, Way, World } from "../api";
import { Confirm } from "../elements/ElementView";

const ANEW = { title: { text: "Begin anew?" }, text: { text: "What you did here goes." }, confirm: { text: "Begin anew" }, deny: { text: "Stay here" } };

interface Given { world: World; stage: Stage; direct: (given: Json) => Promise<void>; follow: (way: Way) => void }

export function Guide({ world, stage, direct, follow }: Given) {
  const [busy, setBusy] = useState("");
  const next = stage.guide.steps.find((one) => !one.done && !one.missed);
  const take = async (step: Step) => {
    if (step.go) follow(step.go);
    if (!step.stage) return;
    setBusy(step.id);
    await direct(step.stage);
    setBusy("");
  };
  const [asked, setAsked] = useState("");
  const begin = async (id: string) => {
    setAsked("");
    setBusy(id);
    await direct({ do: "story", story: id });
    setBusy("");
  };
  return (
    <>
      {stage.busy && <p className="busy" role="status">{stage.busy}</p>}
      <h2>{stage.guide.title}</h2>
      <ol className="steps">
        {stage.guide.steps.map((step) => (
          <li key={step.id} className={step.done ? "done" : step.missed ? "missed" : step === next ? "next" : ""} aria-current={step === next ? "step" : undefined}>
            <p>{step.text}{step.done && <span className="unseen"> (done)</span>}{step.missed && <span className="unseen"> (the round closed before)</span>}</p>
            {step === next && step.label && (
              <button type="button" className="button primary" disabled={Boolean(stage.busy) || busy !== ""} aria-busy={busy === step.id} onClick={() => void take(step)}>{step.label}</button>
            )}
          </li>
        ))}
      </ol>
      <h2>Begin anew</h2>
      <ul className="stories">
        {stage.stories.map((one) => (
          <li key={one.id}>
            <button type="button" className={one.current ? "story current" : "story"} disabled={Boolean(stage.busy) || busy !== ""} aria-busy={busy === one.id} onClick={() => setAsked(one.id)}>
              <b>{one.name}</b><small>{one.what}</small>
            </button>
          </li>
        ))}
      </ul>
      {asked && <Confirm asked={ANEW} yes={() => void begin(asked)} no={() => setAsked("")} />}
      <p className="quiet">All of it lives on this machine, in {world.workspace?.name}. <a className="link" href="/transcript" target="_blank" rel="noreferrer">What everyone saw so far</a></p>
    </>
  );
}
