// Rows of /v1/stats, added up by what they are grouped by.

import { Decimal } from "./decimal.js";
import { Money } from "./money.js";

/** What the rows that are beyond the chart's colours are called. */
export const OTHER = "\u0000other";

/** Groups, the most costly first: `{ key, rows, amount, requests, errors, tokens, unpriced, money, list }`. */
export function groups(rows, by, amountOf) {
  const found = new Map();
  for (const row of rows) {
    const key = row.other ? OTHER : row[by] ?? "";
    if (!found.has(key)) {
      found.set(key, []);
    }
    found.get(key).push(row);
  }
  return [...found]
    .map(([key, own]) => group(key, own, amountOf))
    .sort((one, other) => (one.key === OTHER) - (other.key === OTHER)
      || other.amount.compare(one.amount) || one.key.localeCompare(other.key));
}

function group(key, rows, amountOf) {
  const total = (amount) => rows.reduce((sum, row) => sum.plus(amount(row)), Decimal.ZERO);
  return {
    key,
    rows,
    amount: total(amountOf),
    requests: total((row) => Decimal.of(row.requests)),
    errors: total((row) => Decimal.of(row.errors)),
    tokens: total((row) => Decimal.of(row.tokens)),
    unpriced: total((row) => Decimal.of(row.unpriced)),
    money: Money.of(rows),
    list: Money.of(rows, "list_cost"),
  };
}

/** The first so many; all others in one. */
export function first(all, most, amountOf) {
  const own = all.filter(({ key }) => key !== OTHER);
  const shown = own.slice(0, most);
  const rest = [...own.slice(most), ...all.filter(({ key }) => key === OTHER)];
  return rest.length === 0 ? shown : [...shown, group(OTHER, rest.flatMap(({ rows }) => rows), amountOf)];
}

/** How a group is called: keys by their names, and what events did not say. */
export function groupName(key, by, names) {
  if (key === OTHER) {
    return "Others";
  }
  if (key === "") {
    return by === "user" ? "no user" : by === "auth_id" ? "no key" : "not said";
  }
  return by === "auth_id" ? names.get(key) ?? key : key;
}
