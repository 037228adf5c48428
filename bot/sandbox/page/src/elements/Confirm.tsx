// A question before something is done. The focus goes back to where it came from.
import { useLayoutEffect, useRef } from "react";
import type { Json } from "../api";

export function Confirm({ asked, yes, no }: { asked: Json; yes: () => void; no: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Closed while it is still in the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className="modal small" aria-labelledby="confirm-title" aria-describedby="confirm-text" onCancel={(event) => { event.preventDefault(); no(); }}>
      <h2 id="confirm-title">{asked.title.text}</h2>
      <p id="confirm-text">{asked.text.text}</p>
      <footer className="modal-foot">
        <button type="button" className="button" onClick={no}>{asked.deny.text}</button>
        <button type="button" className={`button ${asked.style ?? "primary"}`} onClick={yes}>{asked.confirm.text}</button>
      </footer>
    </dialog>
  );
}
