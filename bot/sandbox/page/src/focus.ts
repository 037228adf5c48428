// Whoever uses keys or a screen reader stays where they were, also when what they just pressed is gone.
import { useEffect } from "react";

const PLACES = "[tabindex]";
const WATCHED = { subtree: true, childList: true, attributes: true, attributeFilter: ["data-pane", "hidden", "class"] };

const here = (one: Element | undefined): one is HTMLElement => one instanceof HTMLElement && one.isConnected && one.checkVisibility();

/** Where the focus went: the thing itself, then what it stood in, from the nearest outwards. */
function trail(focused: Element): Element[] {
  const found = [focused];
  for (let around = focused.parentElement?.closest(PLACES); around; around = around.parentElement?.closest(PLACES)) found.push(around);
  return found;
}

/** When what had the focus goes, the focus moves to the nearest thing around it that is left; in a form, it stays in the form. */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element[] = [];
    let asked = 0;
    const focused = (event: FocusEvent) => {
      if (event.target instanceof Element) last = trail(event.target);
    };
    // Who presses on an empty spot means to leave.
    const pressed = () => { last = []; };
    const look = () => {
      asked = 0;
      if (!last.length || (document.activeElement && document.activeElement !== document.body && here(document.activeElement))) return;
      const forms = document.querySelectorAll<HTMLElement>("dialog[open]");
      const form = forms[forms.length - 1];
      const left = last.find((one) => here(one) && (!form || form.contains(one)));
      const next = left ?? form?.querySelector("[tabindex]") ?? document.querySelector(".messages") ?? document.getElementById("talk");
      if (next instanceof HTMLElement) next.focus({ preventScroll: true });
    };
    // The browser itself takes the focus away with the next frame.
    const changed = () => { asked ||= requestAnimationFrame(() => { asked = requestAnimationFrame(look); }); };
    const watcher = new MutationObserver(changed);
    watcher.observe(document.body, WATCHED);
    document.addEventListener("focusin", focused);
    document.addEventListener("pointerdown", pressed, true);
    return () => {
      watcher.disconnect();
      cancelAnimationFrame(asked);
      document.removeEventListener("focusin", focused);
      document.removeEventListener("pointerdown", pressed, true);
    };
  }, []);
}
