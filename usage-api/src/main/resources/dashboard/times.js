// Times in the viewer's zone, with UTC in the title; and days of a zone, which is what reports are asked by.

export const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const minute = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const moment = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "always", style: "short" });

const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

export const clockText = (date) => clock.format(date);
export const minuteText = (date) => minute.format(date);

/** A moment as a `time` element. */
export function time(iso, text = null) {
  const date = new Date(iso);
  const element = document.createElement("time");
  element.dateTime = iso;
  element.title = `${date.toISOString().replace("T", " ").replace(/(\.\d+)?Z$/, "")} UTC`;
  element.textContent = text ?? moment.format(date);
  return element;
}

/** "in 3 hr.", "5 min. ago". */
export function agoText(iso, now = Date.now()) {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000);
  const [unit, length] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? STEPS.at(-1);
  return relative.format(Math.trunc(seconds / length), unit);
}

/** The calendar day, "2026-11-22", that a moment lies in. */
export function dayOf(date, zone) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(date);
}

/** So many days after a day; both are dates without a zone. */
export function plusDays(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The first of a day's month, so many months on. */
export function monthOf(day, months = 0) {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** What a window is called on an axis and in a table. */
export function windowText(iso, size, zone) {
  const forms = {
    hour: { hour: "2-digit", minute: "2-digit" },
    day: { month: "short", day: "numeric" },
    month: { month: "short", year: "numeric" },
  };
  return new Intl.DateTimeFormat(undefined, { timeZone: zone, ...forms[size] }).format(new Date(iso));
}

/** The middle of it is enough here: noon of a day is in that day wherever one is. */
export function dayText(day) {
  return new Intl.DateTimeFormat(undefined, { timeZone: "UTC", month: "short", day: "numeric", year: "numeric" })
    .format(new Date(`${day}T12:00:00Z`));
}
