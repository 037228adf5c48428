// Radio buttons and checkboxes.
import type { Option } from "../api";
import { nameOf } from "../context";
import { type Acted, useKept } from "./kept";

export function Choices(props: Acted) {
  const { element, block } = props;
  const single = element.type === "radio_buttons";
  const kept = single
    ? [props.state?.selected_option?.value as string | undefined].filter((one): one is string => Boolean(one))
    : ((props.state?.selected_options ?? []) as Option[]).map((one) => one.value);
  const [chosen, put, busy, lost] = useKept<string[]>(props, kept);
  const name = `${nameOf(props.surface)}-${block.block_id}-${element.action_id}`;
  const change = (value: string, on: boolean) => {
    if (single) return put([value], value);
    const all = (element.options as Option[]).map((one) => one.value);
    const next = all.filter((one) => (one === value ? on : chosen.includes(one)));
    return put(next, next);
  };
  return (
    <fieldset className="choices" aria-busy={busy} aria-describedby={props.describedBy}>
      <legend className="unseen">{props.label.split("\n").join(": ")}</legend>
      {(element.options as Option[]).map((option) => (
        <label key={option.value} className={chosen.includes(option.value) ? "choice chosen" : "choice"}>
          <input type={single ? "radio" : "checkbox"} name={name} value={option.value} checked={chosen.includes(option.value)}
            onClick={() => { if (single && lost && chosen.includes(option.value)) void change(option.value, true); }}
            onChange={(event) => void change(option.value, event.target.checked)} />
          <span>
            {option.text.text}
            {option.description && <small>{option.description.text}</small>}
          </span>
        </label>
      ))}
      {lost && <p className="field-error">Not saved. Choose it again.</p>}
    </fieldset>
  );
}
