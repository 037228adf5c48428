// A field to search in: one or several options, people or channels; options may come from the app as one types.
import { useEffect, useId, useRef, useState } from "react";
import type { Json, Option } from "../api";
import { useDoing } from "../context";
import { type Acted, useKept } from "./kept";

interface Entry { value: string; name: string }
const entry = (option: Option): Entry => ({ value: option.value, name: option.text.text });
const optionsIn = (given: Json) => [...((given.options ?? []) as Option[]), ...((given.option_groups ?? []) as { options: Option[] }[]).flatMap((group) => group.options)];

export function Picker(props: Acted) {
  const { world, act } = useDoing();
  const { element, block, surface, state } = props;
  const several = element.type.startsWith("multi_");
  const external = element.type.includes("external");
  const people = world.people.map((one) => ({ value: one.id, name: one.name }));
  const channels = world.channels.filter((one) => one.kind === "public" || one.member).map((one) => ({ value: one.id, name: `#${one.name}` }));
  const fixed = element.type.includes("users") ? people : /channels|conversations/.test(element.type) ? channels : optionsIn(element).map(entry);
  const ids = (state?.selected_users ?? state?.selected_channels ?? state?.selected_conversations) as string[] | undefined;
  const options = ((several ? state?.selected_options : [state?.selected_option].filter(Boolean)) ?? []) as Option[];
  const kept = ids ? ids.map((id) => [...people, ...channels].find((one) => one.value === id) ?? { value: id, name: id }) : options.map(entry);
  const [chosen, put] = useKept<Entry[]>(props, kept);
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [offered, setOffered] = useState<Entry[]>([]);
  const list = useId();
  const asked = useRef(0);
  const least = (element.min_query_length as number | undefined) ?? 3;

  useEffect(() => {
    if (!external || !open || typed.length < least) return;
    const number = ++asked.current;
    const later = window.setTimeout(() => {
      void act("suggests", { ...surface, block_id: block.block_id, action_id: element.action_id, typed }).then((answer) => {
        if (answer && number === asked.current) setOffered(optionsIn({ options: answer.options as Option[] }).map(entry));
      });
    }, 150);
    return () => window.clearTimeout(later);
  }, [typed, open, external]);

  const found = (external ? offered : fixed).filter((one) => (external || one.name.toLowerCase().includes(typed.toLowerCase())) && !(several && chosen.some((other) => other.value === one.value)));
  useEffect(() => {
    if (open) document.getElementById(list)?.scrollIntoView({ block: "nearest" });
  }, [open, list]);
  useEffect(() => {
    document.getElementById(`${list}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active, list]);
  const choose = (one: Entry) => {
    const next = several ? [...chosen, one] : [one];
    setTyped("");
    setOpen(false);
    void put(next, several ? next.map((each) => each.value) : one.value);
  };
  const drop = (one: Entry) => {
    const next = chosen.filter((each) => each.value !== one.value);
    void put(next, several ? next.map((each) => each.value) : null);
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.key === "ArrowDown") { event.preventDefault(); setOpen(true); setActive(Math.min(active + 1, found.length - 1)); }
    else if (event.key === "ArrowUp") { event.preventDefault(); setActive(Math.max(active - 1, 0)); }
    else if (event.key === "Enter" && open) { event.preventDefault(); const one = found[active]; if (one) choose(one); }
    else if (event.key === "Escape" && open) { event.preventDefault(); event.stopPropagation(); setOpen(false); }
  };
  return (
    <div className="picker" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      {(several ? chosen : []).map((one) => (
        <span className="chip" key={one.value}>
          {one.name}
          <button type="button" aria-label={`Remove ${one.name}`} onClick={() => drop(one)}>×</button>
        </span>
      ))}
      <input id={props.id} role="combobox" autoComplete="off" aria-expanded={open} aria-controls={list} aria-autocomplete="list"
        aria-activedescendant={open && found[active] ? `${list}-${active}` : undefined} aria-label={props.id ? undefined : props.label}
        aria-describedby={props.describedBy} aria-invalid={props.invalid || undefined}
        placeholder={several && chosen.length ? "" : (element.placeholder?.text ?? "Choose")} value={open || several ? typed : (chosen[0]?.name ?? "")}
        onFocus={() => setOpen(true)} onClick={() => setOpen(true)} onKeyDown={keys}
        onChange={(event) => { setTyped(event.target.value); setOpen(true); setActive(0); }} />
      <ul id={list} role="listbox" aria-label={`To choose from: ${props.label}`} className="popover" hidden={!open}>
        {found.map((one, index) => (
          <li key={one.value} id={`${list}-${index}`} role="option" aria-selected={index === active}
            onMouseDown={(event) => { event.preventDefault(); choose(one); }}>{one.name}</li>
        ))}
        {!found.length && <li className="quiet" role="option" aria-selected={false} aria-disabled>{external && typed.length < least ? `Type ${least === 1 ? "a letter" : `${least} letters`} to search` : "Nothing fits"}</li>}
      </ul>
    </div>
  );
}
