// What waits for a person: models without a price, and dead letters.

import { ask } from "./api.js";
import { Decimal } from "./decimal.js";
import { byId, command, el, show } from "./dom.js";
import { count, countText } from "./format.js";
import { Panel, empty } from "./panel.js";
import { agoText, time } from "./times.js";
import { filter, view } from "./view.js";

const LIMIT = 100;
const SHOWN = 6;

const counts = { unpriced: 0, dead: 0 };

export function panels() {
  return [
    new Panel(byId("unpriced"), (signal) => ask("/v1/unpriced", { ...filter(), limit: LIMIT }, { signal }), drawUnpriced, { every: 20_000, followsUsage: true }),
    new Panel(byId("dead"), (signal) => ask("/v1/dead-letters", { ...filter(), limit: LIMIT }, { signal }), drawDead, { every: 20_000 }),
  ];
}

/** How much there is to do, beside the link to it. */
function tally(name, number) {
  counts[name] = number;
  const all = counts.unpriced + counts.dead;
  const badge = byId("todo-count");
  badge.hidden = all === 0;
  show(badge, `${all}`, el("span", { class: "hidden-text" }, " waiting"));
}

const whose = (item) => (!view.company && item.company ? `${item.company}: ` : "");
const atLeast = (answer) => `${answer.items.length}${answer.next_cursor ? " and more" : ""}`;
const word = (text) => (/^[\w.@:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function drawUnpriced(answer, body) {
  tally("unpriced", answer.items.length);
  if (answer.items.length === 0) {
    show(body, empty("Everything has a price.", "Of the last 35 days."));
    return;
  }
  show(body, el("p", { class: "under" }, `${atLeast(answer)}, of the last 35 days. Their usage is kept; it is in no sum of costs until it is priced.`),
    el("ul", { class: "tasks" }, answer.items.slice(0, SHOWN).map((item) => el("li", {},
      el("p", { class: "alert-title" }, `${whose(item)}${item.provider} / ${item.model}`, el("span", { class: "tag warn" }, item.code.replaceAll("_", " "))),
      el("p", { class: "under" }, count(Decimal.of(item.requests)), " requests, last ", time(item.last_seen, agoText(item.last_seen)), ". ",
        whyUnpriced(item)),
      steps(item).map(command)))),
    more(answer));
}

function whyUnpriced(item) {
  switch (item.code) {
    case "no_price": return `No price for ${item.without_price.join(", ")}. Set one from a time before the usage, then rate it again:`;
    case "mixed_currency": return "Its prices are in different currencies. Set them in one, then rate it again:";
    case "inconsistent_usage": return "The vendor’s body contradicts itself. Look at one of its events; an amendment with the right quantities prices it.";
    default: return "";
  }
}

function steps(item) {
  const model = `--provider ${word(item.provider)} --model ${word(item.model)}`;
  return item.code === "no_price" || item.code === "mixed_currency"
    ? [`./tollgate prices set ${model} --dimension ${word(item.without_price[0] ?? "input")} --per-million PRICE --effective-from ${item.first_seen.slice(0, 10)}T00:00:00Z`,
      `./tollgate prices rerate ${model}`]
    : [];
}

function drawDead(answer, body) {
  const waiting = answer.items.filter((item) => !item.replayed_at && !item.replays?.length);
  tally("dead", waiting.length);
  if (answer.items.length === 0) {
    show(body, empty("No dead letters.", "Everything that came in could be read and decided."));
    return;
  }
  const codes = new Map();
  answer.items.forEach((item) => codes.set(item.code, [...(codes.get(item.code) ?? []), item]));
  show(body, el("p", { class: "under" }, `${atLeast(answer)}. Nothing of them is counted until they are put in again.`),
    el("ul", { class: "tasks" }, [...codes].sort(([, one], [, other]) => other.length - one.length).slice(0, SHOWN).map(([code, items]) => el("li", {},
      el("p", { class: "alert-title" }, code.replaceAll("_", " "), el("span", { class: "tag warn" }, countText(new Decimal(BigInt(items.length), 0)))),
      el("p", { class: "under" }, whose(items[0]), items[0].detail, " Last ", time(items[0].at, agoText(items[0].at)), ". ", whatToDo(code)),
      deadSteps(code, items[0]).map(command)))),
    more(answer));
}

function whatToDo(code) {
  switch (code) {
    case "unmatched": return "A correction whose event did not come within 24 hours. Send the event, then put it in again:";
    case "internal_error": return "A fault of Tollgate’s. Once it is mended, put it in again:";
    default: return "Look at it, mend what it says, and put it in again:";
  }
}

const deadSteps = (code, item) => [`./tollgate dead-letters show ${item.id}`,
  code === "internal_error" ? `./tollgate dead-letters replay --code ${code}` : `./tollgate dead-letters replay ${item.id}`];

function more(answer) {
  return answer.items.length > SHOWN && el("details", {}, el("summary", {}, "All that were read"),
    el("ul", { class: "plain" }, answer.items.map((item) => el("li", {}, item.model
      ? `${whose(item)}${item.provider} / ${item.model} (${item.code})`
      : [`${whose(item)}${item.code}: ${item.id} `, time(item.at)]))));
}
