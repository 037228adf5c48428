// What to do next, and where one can begin.
import { useEffect, useRef, useState } from "react";
import { BusyButton } from "../BusyButton";
import { Confirm } from "../elements/Confirm";
import { isHere, type Leading, nextOf, useSteps } from "./steps";

const ANEW = { title: { text: "Begin anew?" }, text: { text: "What you did here goes." }, confirm: { text: "Begin anew" }, deny: { text: "Stay here" } };

export function Guide({ world, stage, direct, follow }: Leading) {
  const [busy, setBusy] = useState("");
  const { take, under } = useSteps({ direct, follow });
  const next = nextOf(stage);
  const held = Boolean(stage.busy) || busy !== "" || under !== "";
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => void list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }), [next?.id]);
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
      <ol className="steps" ref={list}>
        {stage.guide.steps.map((step) => (
          <li key={step.id} className={step.done ? "done" : step.missed ? "missed" : step === next ? "next" : ""} aria-current={step === next ? "step" : undefined}>
            <p>{step.text}{step.done && <span className="unseen"> (done)</span>}{step.missed && <span className="unseen"> (the round closed before)</span>}</p>
            {step === next && step.label && (
              <BusyButton className={isHere(step, world) ? "button primary here" : "button primary"} busy={under === step.id} held={held} onClick={() => void take(step)}>{step.label}</BusyButton>
            )}
          </li>
        ))}
      </ol>
      <h2>Begin anew</h2>
      <ul className="stories">
        {stage.stories.map((one) => (
          <li key={one.id}>
            <BusyButton className={one.current ? "story current" : "story"} busy={busy === one.id} held={held} onClick={() => setAsked(one.id)}>
              <b>{one.name}{one.current && <span className="tag">here</span>}</b><small>{one.what}</small>
            </BusyButton>
          </li>
        ))}
      </ul>
      {asked && <Confirm asked={ANEW} yes={() => void begin(asked)} no={() => setAsked("")} />}
      <p className="quiet">All of it lives on this machine, in {world.workspace?.name}. <a className="link" href="/transcript" target="_blank" rel="noreferrer">What everyone saw so far</a></p>
    </>
  );
}
