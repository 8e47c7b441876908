// What is looked at: company, range, grouping. It is in the address, so that a view can be kept and sent; secrets are not.

import { HERE, dayOf, daysBetween, monthOf, plusDays } from "./times.js";

const MEMBERS = ["company", "zone", "range", "from", "to", "by", "measure", "currency"];
const DEFAULTS = { company: "", zone: HERE, range: "month", from: "", to: "", by: "model", measure: "cost", currency: "" };

/** Fired at `document` when any of it has changed. */
export const CHANGED = "tollgate-view";

export const view = { ...DEFAULTS, ...fromAddress() };

function fromAddress() {
  const search = new URLSearchParams(location.search);
  return Object.fromEntries(MEMBERS.filter((name) => search.get(name)).map((name) => [name, search.get(name)]));
}

export function change(members) {
  Object.assign(view, members);
  const search = new URLSearchParams();
  for (const name of MEMBERS) {
    if (view[name] && view[name] !== DEFAULTS[name]) {
      search.set(name, view[name]);
    }
  }
  history.replaceState(null, "", `${location.pathname}${search.size ? `?${search}` : ""}${location.hash}`);
  document.dispatchEvent(new Event(CHANGED));
}

export const RANGES = {
  today: "Today",
  week: "7 days",
  days: "30 days",
  month: "This month",
  last: "Last month",
  custom: "From … to",
};

/** The days `[from, to)` of the range, and the windows that show it best. */
export function range(now = new Date()) {
  const today = dayOf(now, view.zone);
  const tomorrow = plusDays(today, 1);
  switch (view.range) {
    case "today": return { from: today, to: tomorrow, window: "hour" };
    case "week": return { from: plusDays(tomorrow, -7), to: tomorrow, window: "day" };
    case "days": return { from: plusDays(tomorrow, -30), to: tomorrow, window: "day" };
    case "last": return { from: monthOf(today, -1), to: monthOf(today), window: "day" };
    case "custom": return custom(today, tomorrow);
    default: return { from: monthOf(today), to: monthOf(today, 1), window: "day" };
  }
}

function custom(today, tomorrow) {
  const from = view.from || monthOf(today);
  const to = view.to ? plusDays(view.to, 1) : tomorrow;
  const days = daysBetween(from, to);
  const isMonths = days > 120 && from.endsWith("-01") && to.endsWith("-01");
  return { from, to, window: days <= 2 ? "hour" : isMonths ? "month" : "day" };
}

/** The filter that every question has. */
export const filter = () => (view.company ? { company: view.company } : {});
