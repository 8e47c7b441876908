// Cost over time, by any grouping: a chart, and its figures in a table.

import { send } from "./api.js";
import { MEASURES, offerCurrencies } from "./choices.js";
import { Decimal } from "./decimal.js";
import { bar, byId, el, show } from "./dom.js";
import { download } from "./download.js";
import { amountOf, costOf, count, countText, money, moneyAxisText, moneyText, percentText, shortText } from "./format.js";
import { OTHER, first, groupName, groups } from "./groups.js";
import { keyNames } from "./keys.js";
import { Money, comparable } from "./money.js";
import { Panel, empty } from "./panel.js";
import { bars, seriesColour, SERIES } from "./plot.js";
import { dayText, plusDays, windowText } from "./times.js";
import { filter, range, view } from "./view.js";

const ROWS = 10;
const GROUPS = 30;
let chart = null;
let currency = "USD";
let showsAll = false;

const isMoney = () => view.measure === "cost" || view.measure === "list_cost";

/** What a row adds to the chart. Of money all rows are in the chart's currency, or without a price. */
const amount = (row) => (row[view.measure] == null ? Decimal.ZERO : Decimal.of(row[view.measure]));

const amountText = (value) => (isMoney() ? moneyText(value, currency) : shortText(value));
const axisText = (value) => (isMoney() ? moneyAxisText(value, currency) : shortText(value));
const amountElement = (value) => (isMoney() ? amountOf(value, currency) : count(value));

/** The whole answer, as a file has it; the page shows the most of it and the rest in one. */
const question = () => ({ ...range(), timezone: view.zone, group_by: view.by, ...filter() });

export function panel() {
  return new Panel(byId("spend-panel"), load, draw, { followsUsage: true });
}

async function load(signal) {
  const [answer, names] = await Promise.all([
    comparable({ ...question(), top: GROUPS, order_by: view.measure }, signal),
    view.by === "auth_id" ? keyNames(signal) : new Map(),
  ]);
  return { ...answer, names };
}

function draw(answer, body) {
  const { names } = answer;
  currency = answer.currency;
  const currencies = Money.of(answer.all).currencies;
  offerCurrencies(currencies, currency);
  // What is counted can be added up over currencies; what is paid can't.
  const rows = isMoney() ? answer.rows : answer.all;
  const all = groups(rows, view.by, amount);
  const total = all.reduce((sum, group) => sum.plus(group.amount), Decimal.ZERO);
  drawHead(answer.all, total);
  drawChart(rows, first(all, SERIES, amount), names);
  show(body, all.length === 0
    ? empty("Nothing was used in this time.", "Take a longer range, or send an event: ", el("code", {}, "POST /v1/events"), " of the gateway.")
    : [table(all, total, names), buttons(all)]);
}

/** The whole, of every currency. */
function drawHead(rows, total) {
  const { from, to } = range();
  const all = Money.of(rows, view.measure === "list_cost" ? "list_cost" : "cost");
  show(byId("spend-head"),
    el("p", { class: "big", id: "spend-total" }, isMoney() ? money(all, currency) : amountElement(total)),
    el("p", { class: "under" }, `${MEASURES[view.measure]}, ${dayText(from)} to ${dayText(plusDays(to, -1))}`,
      isMoney() && all.currencies.length > 1 ? ` (chart and table: ${currency})` : ""));
}

function drawChart(rows, shown, names) {
  const { from, to, window } = range();
  const starts = windows(rows, from, to, window);
  chart ??= bars(byId("spend-plot"), {
    stacked: true,
    axisText: (value) => axisText(Decimal.of(value.toFixed(6))),
    tooltip: {
      title: (items) => items[0]?.label,
      label: (item) => ` ${item.dataset.label}: ${amountText(item.dataset.exact[item.dataIndex])}`,
      footer: (items) => items.length > 1
        ? `Together: ${amountText(items.reduce((sum, item) => sum.plus(item.dataset.exact[item.dataIndex]), Decimal.ZERO))}` : "",
    },
    recolour: (own) => own.data.datasets.forEach((set, index) => {
      set.backgroundColor = seriesColour(set.isOther ? -1 : index);
    }),
  });
  chart.data.labels = starts.map((start) => start.text);
  chart.data.datasets = shown.map((group, index) => {
    const sums = new Map();
    group.rows.forEach((row) => {
      sums.set(row.window_start, (sums.get(row.window_start) ?? Decimal.ZERO).plus(amount(row)));
    });
    const exact = starts.map((start) => sums.get(start.key) ?? Decimal.ZERO);
    return {
      label: groupName(group.key, view.by, names),
      isOther: group.key === OTHER,
      data: exact.map((value) => value.toNumber()),
      exact,
      backgroundColor: seriesColour(group.key === OTHER ? -1 : index),
      maxBarThickness: 48,
      categoryPercentage: 0.86,
      barPercentage: 0.92,
    };
  });
  chart.update("none");
  byId("spend-plot").setAttribute("aria-label", `${MEASURES[view.measure]} over time in ${starts.length} columns, `
    + `${shown.length} groups stacked; the table below has the figures`);
}

/** Every window of the range, also where nothing was used: a gap is information. */
function windows(rows, from, to, size) {
  const zone = view.zone;
  if (size === "day") {
    const byText = new Map(rows.map((row) => [windowText(row.window_start, "day", zone), row.window_start]));
    const all = [];
    for (let day = from; day < to; day = plusDays(day, 1)) {
      const text = windowText(`${day}T12:00:00Z`, "day", "UTC");
      all.push({ key: byText.get(text), text });
    }
    return all;
  }
  if (size === "hour" && view.range === "today" && zoneIsWhole(rows)) {
    const start = rows.length ? Date.parse(rows[0].window_start) : Date.now();
    const hours = new Map(rows.map((row) => [Date.parse(row.window_start), row.window_start]));
    const midnight = start - hourOf(start, zone) * 3_600_000;
    return Array.from({ length: 24 }, (_, hour) => {
      const at = midnight + hour * 3_600_000;
      return { key: hours.get(at), text: windowText(new Date(at).toISOString(), "hour", zone) };
    });
  }
  return [...new Set(rows.map((row) => row.window_start))].sort()
    .map((key) => ({ key, text: windowText(key, size, zone) }));
}

const hourOf = (at, zone) => Number(new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" }).format(at));

const zoneIsWhole = (rows) => rows.every((row) => Date.parse(row.window_start) % 3_600_000 === 0);

function table(all, total, names) {
  const shown = showsAll ? all : all.slice(0, ROWS);
  const measured = isMoney() ? `${MEASURES[view.measure]}, ${currency}` : MEASURES[view.measure];
  const heads = ["", view.by === "auth_id" ? "key" : view.by.replace(/^label:/, ""), measured, "Share", "Requests", "Failed", "Tokens", "per 1M tokens"];
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Figures of the chart" },
    el("table", { id: "spend-table" },
      el("thead", {}, el("tr", {}, heads.map((head, index) =>
        el("th", { scope: "col", class: index > 1 ? "number" : "" }, head || el("span", { class: "hidden-text" }, "Colour"))))),
      el("tbody", {}, shown.map((group, index) => row(group, index, total, names))),
      el("tfoot", {}, el("tr", {}, el("td"), el("th", { scope: "row" }, "Together"), el("td", { class: "number" }, amountElement(total)),
        el("td"), cells(all), el("td")))));
}

function cells(all) {
  const total = (member) => all.reduce((sum, group) => sum.plus(group[member]), Decimal.ZERO);
  const requests = total("requests");
  return [
    el("td", { class: "number" }, count(requests)),
    el("td", { class: "number" }, requests.isZero ? "–" : percentText(total("errors").shareOf(requests))),
    el("td", { class: "number" }, count(total("tokens"), shortText)),
  ];
}

function row(group, index, total, names) {
  const share = group.amount.shareOf(total);
  const swatch = index < SERIES && group.key !== OTHER ? `series-${index}` : "other";
  const cost = group.money.in(currency);
  const tokens = group.rows.filter((own) => own.currency === currency).reduce((sum, own) => sum.plus(Decimal.of(own.tokens)), Decimal.ZERO);
  return el("tr", {},
    el("td", { class: "swatch" }, el("span", { class: `dot c-${swatch}`, "aria-hidden": "true" })),
    el("th", { scope: "row", title: group.key === OTHER ? null : group.key }, groupName(group.key, view.by, names),
      group.unpriced.isZero ? null : el("span", { class: "tag warn" }, `${countText(group.unpriced)} no price`)),
    el("td", { class: "number" }, isMoney() ? costOf(group, group.amount, currency) : amountElement(group.amount)),
    el("td", { class: "number share" }, bar(share), el("span", {}, percentText(share))),
    el("td", { class: "number" }, count(group.requests)),
    el("td", { class: "number" }, group.requests.isZero ? "–" : percentText(group.errors.shareOf(group.requests))),
    el("td", { class: "number" }, count(group.tokens, shortText)),
    el("td", { class: "number" }, tokens.isZero || cost.isZero ? "–" : moneyText(cost.times(1_000_000).over(tokens, 4), currency)));
}

function buttons(all) {
  const problem = el("span", { class: "problem", role: "alert" });
  const csv = el("button", { type: "button", class: "quiet", onclick: async () => {
    problem.textContent = "";
    try {
      const { from, to } = range();
      await download(await send("/v1/stats", question(), { accept: "text/csv" }), `tollgate-${view.by.replace(":", "-")}-${from}-${to}.csv`);
    } catch (failure) {
      problem.textContent = failure.message;
    }
  } }, "These figures as CSV");
  const more = all.length > ROWS && el("button", { type: "button", class: "quiet", onclick: () => {
    showsAll = !showsAll;
    document.dispatchEvent(new Event("tollgate-spend"));
  } }, showsAll ? "Show fewer" : `Show all ${all.length}`);
  return el("p", { class: "actions" }, more, csv, problem);
}
