// Which part of the page is shown where there is no room for all.
import { Icon, type Sign } from "./Icon";

export type Pane = "" | "places" | "desk";
const PARTS: [Pane, string, Sign][] = [["places", "Channels", "places"], ["", "Conversation", "messages"], ["desk", "Guide", "steps"]];

export function Tabs({ pane, choose }: { pane: Pane; choose: (pane: Pane) => void }) {
  return (
    <nav className="tabs" aria-label="Parts of the page" data-pane={pane}>
      {PARTS.map(([part, name, sign]) => (
        <button key={name} type="button" data-part={part} aria-pressed={pane === part} onClick={() => choose(part)}><Icon sign={sign} />{name}</button>
      ))}
    </nav>
  );
}
