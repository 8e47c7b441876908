// Alerts: the last ones in a list, and new ones as they fire.

import { ask } from "./api.js";
import { Decimal } from "./decimal.js";
import { byId, el, show } from "./dom.js";
import { moneyText, shortText } from "./format.js";
import { Panel, empty } from "./panel.js";
import { agoText, time } from "./times.js";
import { filter, view } from "./view.js";

const LIMIT = 8;
const TOASTS = 3;
const TOAST_TIME = 15_000;
const NEW = 60_000;

const KINDS = {
  quota_share: "A quota is being used up", spend: "Spend has passed a threshold", spike: "Spend has jumped",
  forecast: "Spend is heading past a threshold", error_share: "Many requests fail", unpriced: "Usage has no price",
};

let items = [];
let own = null;

export function panel() {
  own = new Panel(byId("alerts-panel"), (signal) => ask("/v1/alerts", { ...filter(), limit: LIMIT }, { signal }), (answer, body) => {
    items = answer.items;
    draw(body);
  }, { every: 60_000 });
  return own;
}

/** One has fired, or is over. */
export function take(item) {
  if (items.some(({ id }) => id === item.id)) {
    return;
  }
  items = [item, ...items].sort((one, other) => other.at.localeCompare(one.at)).slice(0, LIMIT);
  if (own?.isShown) {
    draw(own.body);
  }
  // What is taken up again after an absence is in the list; only what happens now is worth a shout.
  if (!item.resolved && Date.now() - Date.parse(item.at) < NEW) {
    toast(item);
  }
}

function draw(body) {
  show(body, items.length === 0
    ? empty("No alert has fired.", "Say when one should: ", el("code", {}, "./tollgate alerts rules --help"))
    : el("ol", { class: "alerts" }, items.map(line)));
}

function line(item) {
  const [mark, word, of] = item.resolved ? ["✓", "over", "good"] : ["▲", "fired", severity(item)];
  return el("li", {},
    el("span", { class: `tag ${of}` }, el("span", { "aria-hidden": "true" }, mark), ` ${word}`),
    el("div", {}, el("p", { class: "alert-title" }, title(item)), el("p", { class: "under" }, sentence(item), item.late ? " (for a window that had ended)" : "")),
    el("span", { class: "under when" }, time(item.at, agoText(item.at))));
}

const severity = (item) => (item.kind === "quota_share" && Decimal.of(item.value).compare(Decimal.of("100")) < 0 ? "warn" : "bad");

const isUsedUp = (item) => item.kind === "quota_share" && severity(item) === "bad";

const title = (item) => `${isUsedUp(item) ? "A quota is used up" : KINDS[item.kind] ?? item.kind}: ${item.quota ?? item.rule}`;

function sentence(item) {
  const amount = (text) => (item.currency && item.metric === "cost" ? moneyText(Decimal.of(text), item.currency) : shortText(Decimal.of(text)));
  const isShare = ["quota_share", "error_share", "spike"].includes(item.kind);
  const value = isShare ? `${shortText(Decimal.of(item.value))} %` : amount(item.value);
  const threshold = isShare ? `${shortText(Decimal.of(item.threshold))} %` : amount(item.threshold);
  const whose = [!view.company && item.company, item.user && `user ${item.user}`, item.key && `key ${item.key}`, item.model].filter(Boolean);
  const used = item.used && item.limit ? ` (${amount(item.used)} of ${amount(item.limit)})` : "";
  return `${whose.join(", ") || item.company}: ${value}${used}, threshold ${threshold}`;
}

function toast(item) {
  const close = el("button", { type: "button", class: "quiet", "aria-label": "Dismiss this alert", onclick: () => box.remove() }, "✕");
  const box = el("div", { class: "toast" }, el("span", { class: "tag bad", "aria-hidden": "true" }, "▲"),
    el("div", {}, el("p", { class: "alert-title" }, title(item)), el("p", { class: "under" }, sentence(item))), close);
  const toasts = byId("toasts");
  toasts.append(box);
  while (toasts.childElementCount > TOASTS) {
    toasts.firstElementChild.remove();
  }
  const leave = () => (box.matches(":hover, :focus-within") ? setTimeout(leave, TOAST_TIME) : box.remove());
  setTimeout(leave, TOAST_TIME);
}
