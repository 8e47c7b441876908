// The most costly models, users and keys of the range.

import { Decimal } from "./decimal.js";
import { bar, byId, el, show } from "./dom.js";
import { costOf, percentText, shortText } from "./format.js";
import { OTHER, first, groupName, groups } from "./groups.js";
import { keyNames } from "./keys.js";
import { Money, comparable } from "./money.js";
import { Panel, empty } from "./panel.js";
import { filter, range, view } from "./view.js";

const MOST = 6;

const cost = (row) => (row.cost == null ? Decimal.ZERO : Decimal.of(row.cost));

export function panels() {
  return [["top-models", "model"], ["top-users", "user"], ["top-keys", "auth_id"]].map(([id, by]) =>
    new Panel(byId(id), (signal) => load(by, signal), (answer, body) => draw(answer, by, body), { followsUsage: true }));
}

async function load(by, signal) {
  const [answer, names] = await Promise.all([
    comparable({ ...range(), window: "total", timezone: view.zone, group_by: by === "user" ? "user,company" : by, top: MOST, ...filter() }, signal),
    by === "auth_id" ? keyNames(signal) : new Map(),
  ]);
  return { ...answer, rows: by === "user" ? byCompany(answer.rows) : answer.rows, names };
}

/** Users of two companies are two, also where they are called alike. */
function byCompany(rows) {
  const companies = new Set(rows.filter((row) => !row.other).map((row) => row.company));
  return companies.size < 2 ? rows : rows.map((row) => row.other ? row : { ...row, user: `${row.company} / ${row.user ?? "no user"}` });
}

function draw({ rows, all: everything, currency, names }, by, body) {
  const all = groups(rows, by, cost);
  if (all.length === 0) {
    show(body, empty("Nobody yet.", "Nothing was used in this range."));
    return;
  }
  const total = all.reduce((sum, group) => sum.plus(group.amount), Decimal.ZERO);
  const { currencies } = Money.of(everything);
  show(body, currencies.length > 1 && el("p", { class: "under" }, `What is paid in ${currency}; there is ${currencies.filter((other) => other !== currency).join(", ")}, too.`),
    el("ol", { class: "ranking" }, first(all, MOST, cost).map((group) => {
    const share = group.amount.shareOf(total);
    const name = groupName(group.key, by, names);
    return el("li", { class: group.key === OTHER ? "others" : "" },
      el("span", { class: "name", title: name }, name),
      costOf(group, group.amount, currency),
      bar(share),
      el("span", { class: "under" }, `${shortText(group.requests)} requests`),
      el("span", { class: "under number" }, percentText(share)));
  })));
}
