// Whose figures: an administrator picks a company or all; a key sees its own.

import { ask } from "./api.js";
import { byId, el, show } from "./dom.js";
import { HERE, dayOf, monthOf } from "./times.js";
import { change, view } from "./view.js";

export async function draw(who) {
  const scope = byId("scope");
  scope.hidden = false;
  drawZones(who);
  if (who.kind === "key") {
    show(scope, el("span", { class: "company", id: "own-company" }, who.name ?? who.company));
    return;
  }
  const select = el("select", { id: "company", "aria-label": "Company", onchange: ({ target }) => change({ company: target.value }) });
  fill(select, []);
  show(scope, select);
  const thisMonth = monthOf(dayOf(new Date(), "UTC"));
  try {
    const { rows } = await ask("/v1/stats", { window: "month", from: monthOf(thisMonth, -11), to: monthOf(thisMonth, 1), group_by: "company" });
    fill(select, [...new Set(rows.map((row) => row.company))].sort());
  } catch {
    // All companies are shown; the panels say what is wrong.
  }
}

function fill(select, companies) {
  const all = view.company && !companies.includes(view.company) ? [view.company, ...companies] : companies;
  show(select, el("option", { value: "" }, "All companies"),
    all.map((company) => el("option", { value: company, selected: company === view.company }, company)));
}

function drawZones(who) {
  const zones = new Map([[HERE, `Here (${HERE})`], ["UTC", "UTC"]]);
  if (who.timezone && !zones.has(who.timezone)) {
    zones.set(who.timezone, who.timezone);
  }
  if (HERE === "UTC") {
    zones.set("UTC", "UTC");
  }
  if (!zones.has(view.zone)) {
    zones.set(view.zone, view.zone);
  }
  byId("zone-label").hidden = false;
  const select = byId("zone");
  show(select, [...zones].map(([zone, text]) => el("option", { value: zone, selected: zone === view.zone }, text)));
  select.onchange = () => change({ zone: select.value });
}
