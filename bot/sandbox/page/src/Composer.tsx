// Where one writes, with the commands that there are.
import { useEffect, useId, useRef, useState } from "react";
import { BusyButton } from "./BusyButton";
import { useDoing } from "./context";

interface Suggestion { fill: string; name: string; what: string; whole: boolean }

export function Composer({ place, title, draft, drafted }: { place: string; title: string; draft: string; drafted: () => void }) {
  const { world, act } = useDoing();
  const [text, setText] = useState("");
  const [shut, setShut] = useState(true);
  const [active, setActive] = useState(-1);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLFormElement>(null);
  const list = useId();
  useEffect(() => {
    if (!draft) return;
    setText(draft);
    drafted();
    field.current?.focus();
  }, [draft]);

  const commands = world.apps.flatMap((app) => app.commands);
  const words = world.stage?.words ?? [];
  const suggestions: Suggestion[] = [];
  if (!shut && text.startsWith("/")) {
    const [name = "", ...rest] = text.split(" ");
    const command = commands.find((one) => one.name === name);
    if (command && text.includes(" ") && rest.length < 2) {
      for (const word of words) {
        const [first = ""] = word.usage.split(" ");
        if (first.startsWith(rest[0] ?? "")) suggestions.push({ fill: `${name} ${first}`, name: `${name} ${word.usage}`, what: word.what, whole: first === word.usage });
      }
    } else if (!text.includes(" ")) {
      for (const one of commands)
        if (one.name.startsWith(text)) suggestions.push({ fill: `${one.name} `, name: `${one.name} ${one.usage_hint ?? ""}`, what: one.description ?? "", whole: false });
    }
  }
  const fill = (one: Suggestion) => {
    setText(one.whole || one.fill.endsWith(" ") ? one.fill : `${one.fill} `);
    setShut(one.whole || !one.fill.endsWith(" "));
    setActive(-1);
    field.current?.focus();
  };
  const send = async () => {
    const line = text.trim();
    if (!line || busy) return;
    setText("");
    setShut(true);
    setBusy(true);
    if (!(await act("writes", { channel: place, text: line }))) setText(line);
    setBusy(false);
    field.current?.focus();
  };
  const keys = (event: React.KeyboardEvent) => {
    const one = suggestions[active];
    if (suggestions.length && event.key === "ArrowDown") { event.preventDefault(); setActive((active + 1) % suggestions.length); }
    else if (suggestions.length && event.key === "ArrowUp") { event.preventDefault(); setActive((active - 1 + suggestions.length) % suggestions.length); }
    else if (event.key === "Escape" && suggestions.length) { event.preventDefault(); setShut(true); }
    else if (event.key === "Tab" && one) { event.preventDefault(); fill(one); }
    else if (event.key === "Enter") { event.preventDefault(); if (one) fill(one); else void send(); }
  };
  useEffect(() => {
    void document.getElementById(`${list}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active, list]);
  return (
    <form ref={box} className="composer" onSubmit={(event) => { event.preventDefault(); void send(); }}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setShut(true)}>
      <ul id={list} role="listbox" aria-label="Commands" className="popover suggestions" hidden={!suggestions.length}>
        {suggestions.map((one, index) => (
          <li key={one.name} id={`${list}-${index}`} role="option" aria-selected={index === active} onMouseDown={(event) => { event.preventDefault(); fill(one); }}>
            <b>{one.name}</b><span>{one.what}</span>
          </li>
        ))}
      </ul>
      <div className="composer-box">
        <input ref={field} type="text" autoComplete="off" value={text} role="combobox" aria-expanded={suggestions.length > 0} aria-controls={list} aria-autocomplete="list"
          aria-activedescendant={active >= 0 ? `${list}-${active}` : undefined} aria-label={`Write to ${title}`}
          placeholder={`Write to ${title}`} onKeyDown={keys}
          onChange={(event) => { setText(event.target.value); setShut(false); setActive(-1); }} />
        {commands[0] && (
          <button type="button" className="button command" onClick={() => { setText(`${commands[0]?.name} `); setShut(false); field.current?.focus(); }}>
            {commands[0].name}
          </button>
        )}
        <BusyButton type="submit" className="button primary" busy={busy} held={!text.trim() || busy}>Send</BusyButton>
      </div>
    </form>
  );
}
