// Times as people of the workspace read them.
const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string | null, options: Intl.DateTimeFormatOptions, name: string): Intl.DateTimeFormat {
  const key = `${name} ${zone}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone ?? "UTC" });
  formats.set(key, made);
  return made;
}

export const clock = (at: Date, zone: string | null) => format(zone, { hour: "2-digit", minute: "2-digit" }, "clock").format(at);
export const second = (at: Date, zone: string | null) => format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }, "second").format(at);
export const day = (at: Date, zone: string | null) => format(zone, { weekday: "long", day: "numeric", month: "long" }, "day").format(at);
export const shortDay = (at: Date, zone: string | null) => format(zone, { weekday: "short", day: "numeric", month: "short", year: "numeric" }, "short").format(at);
export const moment = (at: Date, zone: string | null) => format(zone, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }, "moment").format(at);
