const HUES = [196, 172, 28, 338, 262, 214, 96, 12];

/** The first letter on a colour of one's own; the app has its steps. */
export function Avatar({ id, name, bot = false }: { id: string; name: string; bot?: boolean }) {
  if (bot)
    return (
      <svg className="avatar bot" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 10.5h2.4V13H3zM6.8 7h2.4v6H6.8zM10.6 3.5H13V13h-2.4z" /></svg>
    );
  const hue = HUES[[...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES.length] ?? 196;
  return <span className="avatar" style={{ "--hue": hue } as React.CSSProperties} aria-hidden="true">{name.slice(0, 1)}</span>;
}
