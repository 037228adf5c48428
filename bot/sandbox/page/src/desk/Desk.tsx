// Beside the workspace: what to do next, what can go wrong, and what went over the wire.
import { useRef, useState } from "react";
import type { Json, Way, World } from "../api";
import { Icon } from "../Icon";
import { Faults } from "./Faults";
import { Guide } from "./Guide";
import { Wire } from "./Wire";

const TABS = { guide: "Guide", faults: "Faults", wire: "Wire" } as const;
type Tab = keyof typeof TABS;

export function Desk({ world, direct, follow }: { world: World; direct: (given: Json) => Promise<void>; follow: (way: Way) => void }) {
  const [tab, setTab] = useState<Tab>(world.stage ? "guide" : "faults");
  const [shown, setShown] = useState(true);
  const tabs = (Object.keys(TABS) as Tab[]).filter((one) => one !== "guide" || world.stage);
  const folds = useRef(false);
  // What one pressed goes with what it folded: its counterpart takes the focus.
  const counterpart = (button: HTMLButtonElement | null) => { if (folds.current) button?.focus(); };
  const fold = (next: boolean) => { folds.current = true; setShown(!next); };
  if (!shown) return <aside className="desk folded"><button type="button" ref={counterpart} className="button plain" onClick={() => fold(false)}>Guide and tools</button></aside>;
  return (
    <aside className={tab === "wire" ? "desk wide" : "desk"} aria-label="Guide and tools">
      <div className="desk-head">
        <div role="tablist" aria-label="Guide and tools" onKeyDown={(event) => {
          const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
          if (!step) return;
          const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length]!;
          setTab(next);
          document.getElementById(`tab-${next}`)?.focus();
        }}>
          {tabs.map((one) => (
            <button key={one} type="button" role="tab" id={`tab-${one}`} aria-selected={tab === one} aria-controls="desk-panel" tabIndex={tab === one ? 0 : -1} onClick={() => setTab(one)}>
              {TABS[one]}{one === "faults" && world.fault && <span className="dot"><span className="unseen">on</span></span>}
            </button>
          ))}
        </div>
        <button type="button" ref={counterpart} className="button plain icon-only fold" aria-label="Hide guide and tools" onClick={() => fold(true)}><Icon sign="close" /></button>
      </div>
      <div className="desk-panel" role="tabpanel" id="desk-panel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
        {tab === "guide" && world.stage && <Guide world={world} stage={world.stage} direct={direct} follow={follow} />}
        {tab === "faults" && <Faults world={world} direct={direct} />}
        {tab === "wire" && <Wire world={world} />}
      </div>
    </aside>
  );
}
