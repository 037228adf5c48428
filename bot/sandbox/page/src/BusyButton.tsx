// A button whose work takes a moment. Meanwhile it can't be pressed, but unlike a disabled one it keeps the focus.
import type { ButtonHTMLAttributes } from "react";

interface Given extends ButtonHTMLAttributes<HTMLButtonElement> { busy?: boolean; held?: boolean }

export function BusyButton({ busy = false, held = busy, onClick, type = "button", ...more }: Given) {
  return (
    <button {...more} type={type} aria-busy={busy} aria-disabled={held || undefined}
      onClick={(event) => (held ? event.preventDefault() : onClick?.(event))} />
  );
}
