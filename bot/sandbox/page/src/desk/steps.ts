// Taking a step of the guide: going where it happens, and letting the stage do its part.
import { useState } from "react";
import type { Json, Stage, Step, Way, World } from "../api";

export interface Leading { world: World; stage: Stage; direct: (given: Json) => Promise<void>; follow: (way: Way) => void }

export const nextOf = (stage: Stage): Step | undefined => stage.guide.steps.find((one) => !one.done && !one.missed);

/** Whether a step only leads to where one is already. */
export function isHere(step: Step, world: World): boolean {
  const { go } = step;
  return Boolean(go && !step.stage && !go.draft && go.person === world.me && go.place === world.place?.id);
}

/** How to take a step, and which one is under way. */
export function useSteps({ direct, follow }: Pick<Leading, "direct" | "follow">): { take: (step: Step) => Promise<void>; under: string } {
  const [under, setUnder] = useState("");
  const take = async (step: Step) => {
    if (step.go) follow(step.go);
    if (!step.stage) return;
    setUnder(step.id);
    await direct(step.stage);
    setUnder("");
  };
  return { take, under };
}
