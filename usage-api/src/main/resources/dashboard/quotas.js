// Gauges: what is used, what is left, and when it begins anew.

import { ask } from "./api.js";
import { Decimal } from "./decimal.js";
import { bar, byId, el, show } from "./dom.js";
import { count, amountOf, moneyText, percentText, shortText } from "./format.js";
import { Panel, empty } from "./panel.js";
import { agoText, time } from "./times.js";
import { filter, view } from "./view.js";

const SHOWN = 12;
const STATUS = {
  ok: { word: "fine", mark: "✓", of: "good" },
  warning: { word: "near its limit", mark: "▲", of: "warn" },
  exceeded: { word: "used up", mark: "■", of: "bad" },
};

let items = new Map();
let isMore = false;
let showsAll = false;
let own = null;

const place = (item) => JSON.stringify([item.company, item.id, item.user, item.key]);

export function panel() {
  own = new Panel(byId("quotas-panel"), (signal) => ask("/v1/quotas", { ...filter(), limit: 1000 }, { signal }), (answer, body) => {
    items = new Map(answer.items.map((item) => [place(item), item]));
    isMore = answer.next_cursor !== null;
    draw(body);
  }, { every: 15_000 });
  return own;
}

/** A quota has moved. */
export function take(item) {
  items.set(place(item), { ...items.get(place(item)), ...item });
  if (own?.isShown) {
    draw(own.body);
  }
}

/** A quota is gone, or nobody's any more. */
export function drop(item) {
  if (items.delete(place(item)) && own?.isShown) {
    draw(own.body);
  }
}

function draw(body) {
  const now = Date.now();
  // Over, and nothing came since: its next window begins when it is used again.
  const current = [...items.values()].filter((item) => !item.window_end || Date.parse(item.window_end) > now);
  if (current.length === 0) {
    show(body, el("div", { class: "card" }, empty("No quota is in use.", "Limit what a company, a user or a key may spend: ",
      el("code", {}, "./tollgate quotas set --help"))));
    return;
  }
  const sorted = current.sort((one, other) => share(other) - share(one) || place(one).localeCompare(place(other)));
  const shown = showsAll ? sorted : sorted.slice(0, SHOWN);
  show(body, el("ul", { class: "gauges" }, shown.map(gauge)),
    (sorted.length > SHOWN || isMore) && el("p", { class: "actions" },
      sorted.length > SHOWN && el("button", { type: "button", class: "quiet", onclick: () => {
        showsAll = !showsAll;
        draw(body);
      } }, showsAll ? "Show fewer" : `Show all ${sorted.length}`),
      isMore && el("span", { class: "muted" }, "Only the first 1000 are read; pick a company to see all of it.")));
}

const share = (item) => Decimal.of(item.used).shareOf(Decimal.of(item.limit));

function gauge(item) {
  const amount = (text, form = shortText) => item.metric === "cost" && item.currency
    ? amountOf(Decimal.of(text), item.currency) : count(Decimal.of(text), form);
  const text = (value) => item.metric === "cost" && item.currency
    ? moneyText(Decimal.of(value), item.currency) : `${shortText(Decimal.of(value))} ${item.metric}`;
  const part = share(item);
  const { word, mark, of } = STATUS[item.status] ?? STATUS.ok;
  const whose = [!view.company && item.company, item.user && `user ${item.user}`, item.key && `key ${item.key}`].filter(Boolean);
  return el("li", { class: `card gauge ${of}`, "data-quota": item.id },
    el("div", { class: "gauge-head" }, el("h3", {}, item.id), el("span", { class: `tag ${of}` },
      el("span", { "aria-hidden": "true" }, mark), ` ${word}`)),
    el("p", { class: "under" }, [whose.join(", "), `${item.metric}${item.period ? ` a ${item.period}` : ""}`,
      item.enforcement === "hard" ? "" : item.enforcement].filter(Boolean).join(" · ")),
    el("div", { role: "meter", class: "meter", "aria-label": `${item.id} used`, "aria-valuemin": 0, "aria-valuemax": 100,
      "aria-valuenow": Math.min(100, Math.round(part * 100)),
      "aria-valuetext": `${text(item.used)} of ${text(item.limit)}, ${word}` }, bar(part, of)),
    el("p", { class: "gauge-figures" },
      el("span", {}, amount(item.used), " of ", amount(item.limit), el("span", { class: "muted" }, ` ${item.metric === "cost" ? "" : item.metric} · ${percentText(part, 0)}`))),
    el("p", { class: "gauge-figures" }, el("span", { class: "left" }, amount(item.remaining), " left"),
      item.resets_at && el("span", { class: "muted" }, "resets ", time(item.resets_at, agoText(item.resets_at)))));
}
