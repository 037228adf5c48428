import { createContext, useContext } from "react";
import type { Json, World } from "./api";

export interface Doing {
  world: World;
  theme: "light" | "dark";
  /** Do something as the present person; what is refused is said, and null comes back. */
  act: (what: string, given: Json) => Promise<Json | null>;
  say: (sentence: string) => void;
  go: (place: string) => void;
  /** When the present person last did something, by this machine's clock. */
  acted: { current: number };
}

export const DoingContext = createContext<Doing | null>(null);

export function useDoing(): Doing {
  const doing = useContext(DoingContext);
  if (!doing) throw new Error("outside of the workspace");
  return doing;
}

/** What was acted on: a message, or a view (a modal, a Home tab). */
export type Surface = { channel: string; ts: string } | { view: string };

export const nameOf = (surface: Surface) => ("view" in surface ? surface.view : `${surface.channel}-${surface.ts}`);
