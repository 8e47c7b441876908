// Numbers as people read them. What is rounded for reading keeps its exact value in `value` and in the title.

import { Decimal } from "./decimal.js";
import { el } from "./dom.js";

const made = new Map();

function numbers(options) {
  const key = JSON.stringify(options);
  if (!made.has(key)) {
    made.set(key, new Intl.NumberFormat(undefined, options));
  }
  return made.get(key);
}

/** Cents from one unit on; below it three digits that say something. */
export function moneyText(amount, currency) {
  const small = /^-?0\.(0*)/.exec(amount.toString());
  const digits = small ? Math.min(small[1].length + 3, 20) : 2;
  return inCurrency(amount, currency, { minimumFractionDigits: 2, maximumFractionDigits: Math.max(2, digits) });
}

/** On an axis, where the steps are round. */
export function moneyAxisText(amount, currency) {
  return amount.compare(TEN) < 0
    ? moneyText(amount, currency)
    : inCurrency(amount, currency, { notation: "compact", maximumFractionDigits: 1 });
}

const TEN = new Decimal(10n, 0);

function inCurrency(amount, currency, digits) {
  try {
    return numbers({ style: "currency", currency, ...digits })
      .format(amount.toString());
  } catch {
    return `${amount} ${currency}`; // a currency of one's own
  }
}

export function countText(amount) {
  return numbers({ maximumFractionDigits: 2 }).format(amount.toString());
}

/** 12.3M: for tiles and bars, where the exact value is in the title. */
export function shortText(amount) {
  return numbers({ notation: "compact", maximumFractionDigits: 1 }).format(amount.toString());
}

export function percentText(share, places = 1) {
  return numbers({ style: "percent", maximumFractionDigits: places }).format(share);
}

/** An amount of money, or of several currencies one after the other; a dash where nothing was priced. */
export function money(sums, main) {
  const currencies = sums.currencies;
  if (currencies.length === 0) {
    return main ? amountOf(Decimal.ZERO, main) : el("span", { class: "muted" }, "–");
  }
  const first = currencies.includes(main) ? main : currencies[0];
  const others = currencies.filter((currency) => currency !== first);
  return el("span", { class: "money" }, amountOf(sums.in(first), first), others.map((currency) =>
    el("span", { class: "also" }, " + ", amountOf(sums.in(currency), currency))));
}

/** The same as a text. */
export function moneysText(sums, main) {
  const { currencies } = sums;
  const sorted = [...currencies.filter((currency) => currency === main), ...currencies.filter((currency) => currency !== main)];
  return (sorted.length === 0 ? [main] : sorted).map((currency) => moneyText(sums.in(currency), currency)).join(" + ");
}

export function amountOf(amount, currency) {
  return el("data", { class: "figure", value: amount.toString(), title: `exactly ${amount} ${currency}` },
    moneyText(amount, currency));
}

export function count(amount, text = countText) {
  return el("data", { class: "figure", value: amount.toString(), title: `exactly ${amount}` }, text(amount));
}

/** What a group costs, which is not known where nothing of it was priced. */
export function costOf(group, amount, currency) {
  return group.money.currencies.length === 0 && !group.unpriced.isZero
    ? el("span", { class: "muted", title: "Nothing of it has a price yet" }, "no price")
    : amountOf(amount, currency);
}
