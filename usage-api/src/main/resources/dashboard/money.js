// Amounts of several currencies beside each other. Currencies are never converted, and so never added up.

import { ask } from "./api.js";
import { Decimal } from "./decimal.js";
import { view } from "./view.js";

/** Amounts by currency. A cost that is null (nothing was priced) adds nothing. */
export class Money {
  constructor(amounts = new Map()) {
    this.amounts = amounts;
  }

  static of(rows, member = "cost") {
    return rows.reduce((total, row) => total.plus(row[member], row.currency), new Money());
  }

  plus(amount, currency) {
    if (amount == null || currency == null) {
      return this;
    }
    const amounts = new Map(this.amounts);
    amounts.set(currency, this.in(currency).plus(Decimal.of(amount)));
    return new Money(amounts);
  }

  in(currency) {
    return this.amounts.get(currency) ?? Decimal.ZERO;
  }

  get currencies() {
    return [...this.amounts.keys()].sort();
  }
}

let main = "USD";

/** The currency that is shown first: the one that was picked, or that of the most requests of the month. */
export const mainCurrency = () => view.currency || main;

/** Whether it is another now. */
export function learnMainCurrency(rows) {
  const before = mainCurrency();
  main = mostUsed(rows) ?? main;
  return mainCurrency() !== before;
}

function mostUsed(rows) {
  const requests = new Map();
  for (const row of rows.filter(({ currency }) => currency)) {
    requests.set(row.currency, (requests.get(row.currency) ?? Decimal.ZERO).plus(Decimal.of(row.requests)));
  }
  const [most] = [...requests].sort(([, one], [, other]) => other.compare(one));
  return most?.[0];
}

/** The main currency, or where these rows have none of it the one that most of them are in. */
export const currencyOf = (rows) =>
  rows.some(({ currency }) => currency === mainCurrency()) ? mainCurrency() : mostUsed(rows) ?? mainCurrency();

/**
 * Usage that can be compared by its cost: where there are several currencies, that of one alone and what has no price. Each
 * currency has a top of its own, so that of a mixture a group would be told in part.
 *
 * @returns `rows` to compare, in `currency`; and `all` of them, of every currency
 */
export async function comparable(question, signal) {
  const { rows: all } = await ask("/v1/stats", question, { signal });
  const currency = currencyOf(all);
  if (Money.of(all).currencies.length < 2) {
    return { rows: all, all, currency };
  }
  const { rows } = await ask("/v1/stats", { ...question, currency: [currency, ""] }, { signal });
  return { rows, all, currency };
}
