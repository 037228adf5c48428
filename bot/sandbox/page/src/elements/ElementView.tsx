// One interactive element: drawn, kept in step with what the sandbox holds, and acted on.
import { useEffect, useRef, useState } from "react";
import type { Option } from "../api";
import { BusyButton } from "../BusyButton";
import { nameOf, useDoing } from "../context";
import { Icon } from "../Icon";
import { Choices } from "./Choices";
import { Confirm } from "./Confirm";
import { type Acted, useKept } from "./kept";
import { Picker } from "./Picker";

const TYPED: Record<string, string> = { plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "number" };
const PICKED: Record<string, [string, string]> = {
  datepicker: ["date", "selected_date"], timepicker: ["time", "selected_time"], datetimepicker: ["datetime-local", "selected_date_time"],
};

export function ElementView(props: Acted) {
  const { element } = props;
  if (element.type === "button" || element.type === "workflow_button") return <Button {...props} />;
  if (element.type === "overflow") return <Overflow {...props} />;
  if (element.type === "radio_buttons" || element.type === "checkboxes") return <Choices {...props} />;
  if (element.type in TYPED) return <Typed {...props} />;
  if (element.type in PICKED) return <Dated {...props} />;
  if (element.type === "static_select" || /^(users|channels|conversations)_select$/.test(element.type)) return <Select {...props} />;
  if (element.type.startsWith("multi_") || element.type === "external_select") return <Picker {...props} />;
  return <p className="quiet">{element.type} can't be used here</p>;
}

function Button({ surface, block, element }: Acted) {
  const { act } = useDoing();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const tap = async () => {
    setAsking(false);
    setBusy(true);
    if (element.url) window.open(element.url as string, "_blank", "noopener");
    await act("taps", { ...surface, action_id: element.action_id, block_id: block.block_id, value: element.value ?? null });
    setBusy(false);
  };
  return (
    <>
      <BusyButton className={`button ${element.style ?? ""}`} busy={busy}
        aria-label={element.accessibility_label} onClick={() => (element.confirm ? setAsking(true) : void tap())}>
        {element.text.text}
      </BusyButton>
      {asking && <Confirm asked={element.confirm} yes={() => void tap()} no={() => setAsking(false)} />}
    </>
  );
}

function Overflow(props: Acted) {
  const { act } = useDoing();
  const { element, surface, block } = props;
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const shut = () => {
    box.current?.querySelector("button")?.focus();
    setOpen(false);
  };
  useEffect(() => {
    if (open) box.current?.querySelector<HTMLElement>(".popover button")?.focus();
  }, [open]);
  const keys = (event: React.KeyboardEvent) => {
    if (!open) return;
    const all = [...(box.current?.querySelectorAll<HTMLElement>(".popover button") ?? [])];
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); shut(); }
    else if (step) { event.preventDefault(); all[(all.indexOf(document.activeElement as HTMLElement) + step + all.length) % all.length]?.focus(); }
  };
  const choose = async (option: Option & { url?: string }) => {
    shut();
    if (option.url) window.open(option.url, "_blank", "noopener");
    await act("taps", { ...surface, action_id: element.action_id, block_id: block.block_id, value: option.value });
  };
  return (
    <div className="overflow" ref={box} onKeyDown={keys}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <button type="button" className="button icon-only" aria-expanded={open} aria-label={`More: ${props.label}`} onClick={() => setOpen(!open)}><Icon sign="more" /></button>
      {open && (
        <ul className="popover">
          {(element.options as Option[]).map((option) => (
            <li key={option.value}><button type="button" onClick={() => void choose(option)}>{option.text.text}</button></li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Typed(props: Acted) {
  const { element, id, describedBy, invalid, label } = props;
  const kept = (props.state?.value as string | null) ?? "";
  const [value, put] = useKept<string>(props, kept);
  const [text, setText] = useState(value);
  useEffect(() => setText(kept), [kept]);
  const given = {
    id, value: text, "aria-label": id ? undefined : label, "aria-describedby": describedBy, "aria-invalid": invalid || undefined,
    placeholder: element.placeholder?.text as string | undefined, maxLength: element.max_length as number | undefined,
    autoFocus: Boolean(element.focus_on_load),
    onBlur: () => { if (text !== kept) void put(text, text || null); },
  };
  return element.multiline ? (
    <textarea rows={3} {...given} onChange={(event) => setText(event.target.value)} />
  ) : (
    <input type={TYPED[element.type]} step={element.is_decimal_allowed ? "any" : undefined} {...given} onChange={(event) => setText(event.target.value)} />
  );
}

function Dated(props: Acted) {
  const [type, name] = PICKED[props.element.type]!;
  const toShow = (value: unknown) => (type === "datetime-local" && typeof value === "number" ? new Date(value * 1000).toISOString().slice(0, 16) : ((value as string | null) ?? ""));
  const [value, put] = useKept<string>(props, toShow(props.state?.[name]));
  const toSend = (text: string) => (!text ? null : type === "datetime-local" ? Date.parse(`${text}Z`) / 1000 : text);
  return (
    <input id={props.id} type={type} value={value} aria-label={props.id ? undefined : props.label} aria-describedby={props.describedBy}
      aria-invalid={props.invalid || undefined} onChange={(event) => void put(event.target.value, toSend(event.target.value))} />
  );
}

function Select(props: Acted) {
  const { world } = useDoing();
  const { element } = props;
  const listed: { value: string; name: string }[] | null =
    element.type === "users_select" ? world.people.map((one) => ({ value: one.id, name: one.name }))
    : element.type === "static_select" ? null
    : world.channels.filter((one) => one.member || one.kind === "public").map((one) => ({ value: one.id, name: `#${one.name}` }));
  const kept = (props.state?.selected_option?.value ?? props.state?.selected_user ?? props.state?.selected_channel ?? props.state?.selected_conversation ?? "") as string;
  const [value, put] = useKept<string>(props, kept);
  const groups = (element.option_groups ?? []) as { label: { text: string }; options: Option[] }[];
  const entries = (options: Option[]) => options.map((one) => <option key={one.value} value={one.value}>{one.text.text}</option>);
  return (
    <select id={props.id} name={`${nameOf(props.surface)}-${element.action_id}`} value={value} aria-label={props.id ? undefined : props.label}
      aria-describedby={props.describedBy} aria-invalid={props.invalid || undefined}
      onChange={(event) => void put(event.target.value, event.target.value || null)}>
      {!kept && <option value="">{element.placeholder?.text ?? "Choose"}</option>}
      {listed ? listed.map((one) => <option key={one.value} value={one.value}>{one.name}</option>) : entries((element.options ?? []) as Option[])}
      {groups.map((group) => <optgroup key={group.label.text} label={group.label.text}>{entries(group.options)}</optgroup>)}
    </select>
  );
}
