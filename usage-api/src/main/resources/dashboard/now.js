// The last minute and the last ten, from the stream alone.

import { Decimal } from "./decimal.js";
import { byId, el, show } from "./dom.js";
import { count, money, moneyAxisText, moneysText, percentText, shortText } from "./format.js";
import { Money, mainCurrency } from "./money.js";
import { bars, colour } from "./plot.js";
import { minuteText } from "./times.js";

const MINUTE = 60_000;
const COLUMN = 10_000;
const COLUMNS = 60;

/** Frames of the last ten minutes: `{ at, money, requests, errors, tokens }`, the oldest first. */
let frames = [];
let skew = null;
let chart = null;
let timer = null;

export function start() {
  chart ??= bars(byId("live-plot"), {
    axisText: (value) => moneyAxisText(Decimal.of(value.toFixed(6)), chart?.currency ?? mainCurrency()),
    tooltip: { title: (items) => items[0]?.label, label: (item) => ` ${chart.columns[item.dataIndex]}` },
    recolour: (own) => own.data.datasets.forEach((set) => {
      set.backgroundColor = colour("series-0");
    }),
  });
  clearInterval(timer);
  timer = setInterval(draw, 1000);
  clear();
}

export function stop() {
  clearInterval(timer);
  frames = [];
}

/** Another company, or a gap: what was counted is no longer a whole. */
export function clear() {
  frames = [];
  draw();
}

/** Takes increments: `rows` of the time up to `to`, by the server's clock. */
export function take(frame) {
  const to = Date.parse(frame.to);
  // The least delay seen is how far the clocks differ; replayed frames are later than that.
  skew = Math.min(skew ?? Infinity, Date.now() - to);
  const total = (member) => frame.rows.reduce((sum, row) => sum.plus(Decimal.of(row[member])), Decimal.ZERO);
  frames.push({
    at: to + skew, money: Money.of(frame.rows), requests: total("requests"), errors: total("errors"), tokens: total("tokens"),
  });
  draw();
}

function added(own) {
  return own.reduce((total, frame) => ({
    money: frame.money.currencies.reduce((money, currency) =>
      money.plus(frame.money.in(currency).toString(), currency), total.money),
    requests: total.requests.plus(frame.requests),
    errors: total.errors.plus(frame.errors),
    tokens: total.tokens.plus(frame.tokens),
  }), { money: new Money(), requests: Decimal.ZERO, errors: Decimal.ZERO, tokens: Decimal.ZERO });
}

function draw() {
  const now = Date.now();
  const end = Math.ceil(now / COLUMN) * COLUMN;
  const first = end - COLUMNS * COLUMN;
  frames = frames.filter((frame) => frame.at >= first);
  if (document.hidden) {
    return;
  }
  const minute = added(frames.filter((frame) => frame.at > now - MINUTE));
  const errors = minute.requests.isZero ? 0 : minute.errors.shareOf(minute.requests);
  show(byId("rates"),
    rate("Spend a minute", money(minute.money, mainCurrency()), "rate-spend"),
    rate("Tokens a minute", count(minute.tokens, shortText), "rate-tokens"),
    rate("Requests a minute", count(minute.requests, shortText), "rate-requests"),
    rate("Failed", el("span", { class: "figure" }, percentText(errors)), "rate-errors"));
  drawColumns(first);
}

function rate(name, figure, id) {
  return el("div", { class: "rate", id }, el("span", { class: "label" }, name), figure);
}

/** Columns of one currency: the main one, if it is used at all. */
function drawColumns(first) {
  const whole = added(frames);
  const { currencies } = whole.money;
  const currency = currencies.includes(mainCurrency()) || currencies.length === 0 ? mainCurrency() : currencies[0];
  const columns = Array.from({ length: COLUMNS }, () => []);
  frames.forEach((frame) => columns[Math.min(COLUMNS - 1, Math.floor((frame.at - first) / COLUMN))].push(frame));
  const totals = columns.map(added);
  chart.currency = currency;
  chart.columns = totals.map((total) =>
    `${moneysText(total.money, currency)}, ${shortText(total.tokens)} tokens, ${shortText(total.requests)} requests`);
  chart.data.labels = columns.map((_, index) => minuteText(new Date(first + index * COLUMN)));
  chart.data.datasets[0] ??= { data: [], borderRadius: 2, categoryPercentage: 0.92, barPercentage: 0.9, backgroundColor: colour("series-0") };
  chart.data.datasets[0].data = totals.map((total) => total.money.in(currency).toNumber());
  chart.update("none");
  const busy = totals.filter((total) => !total.requests.isZero).length;
  byId("live-caption").textContent = busy === 0
    ? "Each column is ten seconds. The next request that is metered shows up here within a second."
    : `${currencies.length > 1 ? `Spend in ${currency} alone` : "Spend"}, ten seconds a column.`;
  byId("live-plot").setAttribute("aria-label",
    `Spend of the last ten minutes: ${moneysText(whole.money, currency)} in ${shortText(whole.requests)} requests`);
}
