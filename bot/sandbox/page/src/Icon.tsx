// Signs drawn with one line width on one grid, in the colour of the words beside them. They say nothing by themselves.
const PATHS = {
  check: "M3 8.5 6.5 12 13 4.5",
  close: "M4 4l8 8M12 4l-8 8",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  file: "M4 1.5h5.5L13 5v9.5H4ZM9.5 1.5V5H13",
  hash: "M6.2 2 4.8 14M11.2 2 9.8 14M2.5 5.5h11.5M2 10.5h11.5",
  home: "M2.5 7.5 8 2.5l5.5 5M4 6.5V13.5h8V6.5",
  lock: "M3.5 7.5h9v6h-9ZM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  messages: "M2 3h12v8.5H7.5L4.5 14v-2.5H2Z",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  person: "M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8ZM2.5 14c.6-2.6 2.7-4 5.5-4s4.9 1.4 5.5 4",
  places: "M2 4h12M2 8h12M2 12h8",
  steps: "M6.5 4H14M6.5 8H14M6.5 12H14M2 4h1.5M2 8h1.5M2 12h1.5",
} as const;

export type Sign = keyof typeof PATHS;

export function Icon({ sign }: { sign: Sign }) {
  return (
    <svg className={`icon ${sign}-sign`} viewBox="0 0 16 16" aria-hidden="true"><path d={PATHS[sign]} /></svg>
  );
}
