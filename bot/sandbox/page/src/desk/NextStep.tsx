// Where the guide has no room beside the conversation: its next step, beneath.
import { BusyButton } from "../BusyButton";
import { isHere, type Leading, nextOf, useSteps } from "./steps";

export function NextStep({ world, stage, direct, follow }: Leading) {
  const { take, under } = useSteps({ direct, follow });
  const next = nextOf(stage);
  if (!next) return null;
  const { steps } = stage.guide;
  return (
    <section className="next-step" aria-label="The guide's next step">
      <p>
        <small>{stage.busy ?? `Step ${steps.indexOf(next) + 1} of ${steps.length}`}</small>
        <span>{next.text}</span>
      </p>
      {next.label && !isHere(next, world) && (
        <BusyButton className="button primary" busy={under === next.id} held={Boolean(stage.busy) || under !== ""} onClick={() => void take(next)}>{next.label}</BusyButton>
      )}
    </section>
  );
}
