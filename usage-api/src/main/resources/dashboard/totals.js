// The tiles: today, this month, how the month will end, and whether the books balance.

import { ask } from "./api.js";
import { Decimal, sum } from "./decimal.js";
import { byId, el, show } from "./dom.js";
import { countText, count, money, moneyText, shortText } from "./format.js";
import { Money, learnMainCurrency, mainCurrency } from "./money.js";
import { Panel, refreshAll } from "./panel.js";
import { dayOf, monthOf, plusDays, time } from "./times.js";
import { filter, view } from "./view.js";

const today = () => dayOf(new Date(), view.zone);

export function panels() {
  return [
    new Panel(byId("today"), (signal) => usage("day", today(), plusDays(today(), 1), signal), drawTotals, { followsUsage: true }),
    new Panel(byId("month"), (signal) => usage("month", monthOf(today()), monthOf(today(), 1), signal), (answer, body) => {
      if (learnMainCurrency(answer.rows)) {
        setTimeout(refreshAll); // what is drawn already began with another
      }
      drawTotals(answer, body);
    }, { followsUsage: true }),
    new Panel(byId("forecast"), (signal) => ask("/v1/forecast", { period: "month", timezone: view.zone, ...filter() }, { signal }), drawForecast),
    new Panel(byId("books"), (signal) => ask("/v1/balance", filter(), { signal }), drawBooks, { every: 20_000 }),
  ];
}

function usage(window, from, to, signal) {
  return ask("/v1/stats", { window, from, to, timezone: view.zone, ...filter() }, { signal });
}

function total(rows, member) {
  return sum(rows.map((row) => Decimal.of(row[member])));
}

function drawTotals({ rows }, body) {
  const cost = Money.of(rows);
  const list = Money.of(rows, "list_cost");
  const unpriced = total(rows, "unpriced");
  const differs = cost.currencies.some((currency) => cost.in(currency).compare(list.in(currency)) !== 0);
  show(body,
    el("p", { class: "big" }, money(cost, mainCurrency())),
    el("p", { class: "under" },
      count(total(rows, "requests"), shortText), " requests, ", count(total(rows, "tokens"), shortText), " tokens"),
    el("p", { class: "under" }, differs ? ["list price ", money(list, mainCurrency())] : "\u00a0"),
    unpriced.isZero ? null : el("p", { class: "under warn-text" },
      el("a", { href: "#todo" }, `${countText(unpriced)} without a price`), " not in it"));
}

function drawForecast({ rows }, body) {
  const known = rows.filter((row) => row.projected?.cost != null);
  if (known.length === 0) {
    show(body, el("p", { class: "big muted" }, "–"), el("p", { class: "under" }, "Too early in the month to say."));
    return;
  }
  const projected = known.reduce((total, row) => total.plus(row.projected.cost, row.currency), new Money());
  const sorted = [...known].sort((one, other) => (other.currency === mainCurrency()) - (one.currency === mainCurrency()));
  const bounds = sorted.filter((row) => row.low?.cost != null && row.high?.cost != null)
    .map((row) => `${moneyText(Decimal.of(row.low.cost), row.currency)} to ${moneyText(Decimal.of(row.high.cost), row.currency)}`);
  const early = rows.filter((row) => row.currency && row.projected?.cost == null).map((row) => row.currency);
  show(body, el("p", { class: "big" }, money(projected, mainCurrency())), el("p", { class: "under" }, bounds.join(", ") || "foretold"),
    el("p", { class: "under" }, [...new Set(sorted.map(howForetold))].join(", ")),
    early.length > 0 && el("p", { class: "under" }, `Too early to say for ${early.join(", ")}.`));
}

const howForetold = (row) => (row.method === "same_weekdays"
  ? `by the weekdays of ${countText(new Decimal(BigInt(row.weeks), 0))} weeks` : "by the rate so far");

function drawBooks(balance, body) {
  const drift = balance.drift;
  const isWhole = drift === 0;
  const costsAgree = balance.costs.every((row) => Decimal.of(row.cost_drift).isZero && Decimal.of(row.list_cost_drift).isZero);
  const [mark, text] = drift === null ? ["?", "Not known now"]
    : !isWhole ? ["!", `${drift} missing`]
      : !costsAgree && balance.settled ? ["!", "Sums differ"] : ["✓", "Balanced"];
  show(body,
    el("p", { class: `big ${mark === "✓" ? "good-text" : mark === "!" ? "bad-text" : "muted"}` },
      el("span", { "aria-hidden": "true" }, mark), ` ${text}`),
    el("p", { class: "under" }, `${countText(new Decimal(BigInt(balance.accepted), 0))} accepted, `,
      `${balance.pending + (balance.in_flight ?? 0)} on their way`),
    mark === "!" ? el("p", { class: "under warn-text" }, "Run ", el("code", {}, "./tollgate doctor"), ".")
      : el("p", { class: "under" }, balance.note ?? ["as of ", time(balance.as_of)]));
}
