// What every interactive element is given, and its value kept in step with what the sandbox holds.
import { useEffect, useState } from "react";
import type { Block, Element, Json } from "../api";
import { type Surface, useDoing } from "../context";

export interface Acted {
  surface: Surface; block: Block; element: Element; state: Json | undefined; label: string; id?: string; describedBy?: string | undefined;
  invalid?: boolean;
}

/** The value as the sandbox has it, or as it was just put in; how to put another in; whether that is under way, and whether the last was lost. */
export function useKept<Value>(props: Acted, kept: Value): [Value, (value: Value, sent: unknown) => Promise<void>, boolean, boolean] {
  const { act } = useDoing();
  const [own, setOwn] = useState<{ value: Value } | null>(null);
  const [busy, setBusy] = useState(false);
  const [lost, setLost] = useState(false);
  const stamp = JSON.stringify(kept);
  useEffect(() => setOwn(null), [stamp]);
  const put = async (value: Value, sent: unknown) => {
    setOwn({ value });
    setLost(false);
    setBusy(true);
    const done = await act("taps", { ...props.surface, action_id: props.element.action_id, block_id: props.block.block_id, value: sent });
    setBusy(false);
    if (done && !done.problem) return;
    setOwn(null);
    setLost(true);
  };
  return [own ? own.value : kept, put, busy, lost];
}
