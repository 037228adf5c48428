// The topmost modal of a stack, as a dialog: Escape closes it, Enter in a field sends it.
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Json, ModalView } from "./api";
import { Avatar } from "./Avatar";
import { Blocks } from "./Blocks";
import { BusyButton } from "./BusyButton";
import { useDoing } from "./context";
import { Icon } from "./Icon";

export function Modal({ view, depth }: { view: ModalView; depth: number }) {
  const { act } = useDoing();
  const [busy, setBusy] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  // Closed while it is still in the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      gone.current = true;
      shown?.close();
    };
  }, []);
  // Once what was refused is drawn, and only then: later it is up to the person where they are.
  const [refused, setRefused] = useState("");
  const errors = JSON.stringify(view.errors);
  useEffect(() => {
    if (!refused || errors !== refused) return;
    setRefused("");
    if (dialog.current) showFirstError(dialog.current);
  }, [errors, refused]);
  useEffect(() => {
    if (view.trouble) dialog.current?.querySelector(".trouble")?.scrollIntoView({ block: "center" });
  }, [view.trouble]);
  const close = () => void act("closes", { view: view.id });
  const submit = async () => {
    if (busy) return;
    (document.activeElement as HTMLElement | null)?.blur();
    await new Promise((resolve) => window.setTimeout(resolve, 0));
    setBusy(true);
    const answer = await act("submits", { view: view.id });
    setBusy(false);
    if (answer && Object.keys((answer.errors ?? {}) as Json).length) setRefused(JSON.stringify(answer.errors));
  };
  return (
    <dialog ref={dialog} className="modal" aria-labelledby="modal-title" onCancel={(event) => { event.preventDefault(); close(); }}
      onClose={() => { if (!gone.current) close(); }}>
      <form onSubmit={(event) => { event.preventDefault(); void submit(); }} noValidate>
        <header className="modal-head">
          <Avatar id={view.app} name={view.app} bot />
          <h2 id="modal-title" tabIndex={-1} autoFocus>{view.title?.text ?? view.app}</h2>
          <span className="quiet">{view.app}{depth > 1 && <span className="unseen">, on top of another form</span>}</span>
          <button type="button" className="button plain icon-only" aria-label="Close" onClick={close}><Icon sign="close" /></button>
        </header>
        <div className="modal-body" tabIndex={0} role="group" aria-label={view.title?.text ?? view.app}>
          {view.trouble && <p className="trouble" role="alert">{view.trouble}</p>}
          <Blocks surface={{ view: view.id }} blocks={view.blocks} state={view.state} pictures={view.pictures} errors={view.errors} />
        </div>
        <footer className="modal-foot">
          {(view.close || !view.submit) && <button type="button" className="button" onClick={close}>{view.close?.text ?? "Close"}</button>}
          {view.submit && <BusyButton type="submit" className="button primary" busy={busy}>{view.submit.text}</BusyButton>}
        </footer>
      </form>
    </dialog>
  );
}

/** Its text in view even where the field is taller than the form, and the field ready to be changed. */
function showFirstError(dialog: HTMLElement) {
  const field = dialog.querySelector<HTMLElement>(".field.wrong");
  if (!field) return;
  const room = dialog.querySelector<HTMLElement>(".modal-body")?.clientHeight ?? 0;
  field.querySelector<HTMLElement>("input, textarea, select, button")?.focus({ preventScroll: true });
  (field.offsetHeight > room ? field.querySelector(".field-error") : field)?.scrollIntoView({ block: "center" });
}
