// Amounts of several currencies beside each other. Currencies are never converted, and so never added up.

import { Decimal } from "./decimal.js";

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

/** The currency that is shown first: that of the most requests of the month. */
export const mainCurrency = () => main;

export function learnMainCurrency(rows) {
  const requests = new Map();
  for (const row of rows.filter(({ currency }) => currency)) {
    requests.set(row.currency, (requests.get(row.currency) ?? Decimal.ZERO).plus(Decimal.of(row.requests)));
  }
  const [most] = [...requests].sort(([, one], [, other]) => other.compare(one));
  main = most?.[0] ?? main;
}
