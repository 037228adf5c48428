// What the sandbox tells the page, and what the page asks it to do.
import { useCallback, useEffect, useRef, useState } from "react";

export type Json = Record<string, any>;
export interface Text { type: string; text: string }
export interface Option { text: Text; value: string; description?: Text }
export interface Element { type: string; action_id: string; [more: string]: any }
export interface Block { type: string; block_id: string; [more: string]: any }
export type Fields = Record<string, Record<string, Json>>;
export type Pictures = Record<string, string | null>;

export interface Person { id: string; name: string; username: string; role: string; tz: string | null; dm: string; latest: string }
export interface Channel { id: string; name: string; kind: string; member: boolean; archived: boolean; latest: string }
export interface Command { name: string; description?: string; usage_hint?: string }
export interface App { id: string; name: string; bot: string; commands: Command[]; home: boolean; dm: string }
export interface SharedFile { id: string; name: string; title: string; alt: string; kind: string; size: number; url: string | null }
export interface Message {
  ts: string; at: string; author: { id: string; name: string; bot: boolean }; text: string; blocks: Block[]; state: Fields;
  files: SharedFile[]; pictures: Pictures; edited: boolean; ephemeral: boolean; thread: string | null;
}
export interface ModalView {
  id: string; app: string; hash: string; title: Text | null; submit: Text | null; close: Text | null; blocks: Block[]; state: Fields;
  errors: Record<string, string>; trouble: string | null; pictures: Pictures;
}
export interface Conversation {
  kind: "public" | "private" | "im" | "mpim"; id: string; title: string; members: string[]; writable: boolean; archived: boolean;
  messages: Message[];
}
export interface HomeTab { kind: "home"; id: string; title: string; view: ModalView | null }

export interface Way { person?: string; place?: string; draft?: string }
export interface Step { id: string; text: string; done: boolean; missed?: boolean; label?: string; go?: Way; stage?: Json }
export interface Moment { at: string; what: string }
export interface Stage {
  busy: string | null; ahead: number; title: string;
  stories: { id: string; name: string; what: string; current: boolean }[];
  words: { usage: string; what: string }[];
  titles: Record<string, string>;
  start: Way;
  next: Moment | null; close: Moment | null;
  guide: { title: string; steps: Step[] };
  app: { running: boolean; connected: boolean; starts: number };
  ledger: { owed: number; waiting: number; failed: number; arrived: number; doubled: number };
}
export interface World {
  world: string; now: string; asked: { person: string; place: string }; stage: Stage | null; workspace: { id: string; name: string; domain: string } | null;
  me: string; people: Person[]; bots: { id: string; name: string }[]; groups: { id: string; name: string }[];
  channels: Channel[]; apps: App[]; place: Conversation | HomeTab | null; modals: ModalView[]; calls: number; fault: string | null;
}
export interface Call {
  at: string; direction: string; method: string; body: unknown; status: number; response: unknown; problem?: string; retry?: number;
  elapsed?: number;
}

export class Refusal extends Error {}

async function post(path: string, body: Json): Promise<Json> {
  let answer: Response;
  try {
    answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    throw new Refusal("The sandbox can't be reached. Is the demo still running?");
  }
  const said = (await answer.json().catch(() => ({}))) as Json;
  if (!answer.ok) throw new Refusal(said.error ?? `The sandbox said ${answer.status}.`);
  return said;
}

export const doAs = (person: string, what: string, given: Json) => post("/page/do", { ...given, person, do: what });
export const directStage = (given: Json) => post("/page/stage", given);
export const turnSwitch = (kind: string | null) => post("/page/switch", { kind });
export async function callsFrom(start: number): Promise<{ start: number; calls: Call[] }> {
  return (await (await fetch(`/page/calls?from=${start}`)).json()) as { start: number; calls: Call[] };
}

/** Milliseconds after which a sandbox that is away isn't just beginning anew. */
const LONG = 8000;

/** Whether it is away for so long that it must have ended. */
export function useGone(connected: boolean): boolean {
  const [gone, setGone] = useState(false);
  useEffect(() => {
    setGone(false);
    if (connected) return;
    const later = window.setTimeout(() => setGone(true), LONG);
    return () => window.clearTimeout(later);
  }, [connected]);
  return gone;
}

/** The world as this person sees it at this place, kept up to date; `connected` false while the sandbox is away. */
export function useWorld(person: string, place: string): { world: World | null; connected: boolean; ahead: () => Date } {
  const [world, setWorld] = useState<World | null>(null);
  const [connected, setConnected] = useState(true);
  const offset = useRef(0);
  useEffect(() => {
    let source: EventSource;
    let again: number | undefined;
    const open = () => {
      source = new EventSource(`/page/updates?${new URLSearchParams({ person, place })}`);
      source.onmessage = (event) => {
        const shown = JSON.parse(event.data as string) as World;
        offset.current = Date.parse(shown.now) - Date.now();
        setConnected(true);
        setWorld(shown);
      };
      source.onerror = () => {
        setConnected(false);
        source.close();
        again = window.setTimeout(open, 300);
      };
    };
    open();
    return () => {
      window.clearTimeout(again);
      source.close();
    };
  }, [person, place]);
  const ahead = useCallback(() => new Date(Date.now() + offset.current), []);
  return { world, connected, ahead };
}
