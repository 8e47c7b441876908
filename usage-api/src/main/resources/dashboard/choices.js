// What the chart shows: range, grouping, measure. Plain form controls, so that keyboards and readers know them.

import { byId, el, show } from "./dom.js";
import { RANGES, change, range, view } from "./view.js";
import { plusDays } from "./times.js";

export const MEASURES = { cost: "Cost", list_cost: "List price", tokens: "Tokens", requests: "Requests", errors: "Failed requests" };

const GROUPS = { model: "Model", provider: "Provider", user: "User", auth_id: "Key", company: "Company", service_tier: "Service tier" };
const LABEL = "label";

let currencies = [];
let currency = "";

/** Where there are several, one is looked at at a time. */
export function offerCurrencies(known, shown) {
  if (known.join() !== currencies.join() || shown !== currency) {
    currencies = known;
    currency = shown;
    draw();
  }
}

export function draw() {
  const isLabel = view.by.startsWith("label:");
  show(byId("spend-choices"),
    el("fieldset", { class: "segments" }, el("legend", { class: "hidden-text" }, "Range"),
      Object.entries(RANGES).map(([name, text]) => el("label", { class: "segment" },
        el("input", { type: "radio", name: "range", value: name, checked: view.range === name, onchange: () => pick(name) }),
        el("span", {}, text)))),
    view.range === "custom" && days(),
    choice("By", "by", { ...GROUPS, [LABEL]: "Label …" }, isLabel ? LABEL : view.by,
      (by) => {
        change({ by: by === LABEL ? "label:team" : by });
        draw();
      }),
    isLabel && el("label", { class: "choice" }, el("span", {}, "Label"),
      el("input", { type: "text", size: 12, value: view.by.slice("label:".length), required: true, onchange: ({ target }) =>
        target.value.trim() && change({ by: `label:${target.value.trim()}` }) })),
    choice("Show", "measure", MEASURES, view.measure, (measure) => change({ measure })),
    currencies.length > 1 && choice("In", "currency", Object.fromEntries(currencies.map((one) => [one, one])), currency,
      (picked) => {
        currency = picked;
        change({ currency: picked });
      }));
}

function pick(name) {
  const current = range();
  change(name === "custom" ? { range: name, from: current.from, to: plusDays(current.to, -1) } : { range: name, from: "", to: "" });
  draw();
  byId("spend-choices").querySelector(`input[value="${name}"]`).focus();
}

function days() {
  const input = (name, text) => el("label", { class: "choice" }, el("span", {}, text),
    el("input", { type: "date", value: view[name], onchange: ({ target }) => {
      const other = name === "from" ? view.to : view.from;
      const isWrong = target.value && other && (name === "from" ? target.value > other : target.value < other);
      target.setCustomValidity(isWrong ? "The range ends before it begins." : "");
      if (target.value && !target.reportValidity()) {
        return;
      }
      change({ [name]: target.value });
    } }));
  return el("span", { class: "days" }, input("from", "From"), input("to", "To"));
}

function choice(text, name, options, current, picked) {
  return el("label", { class: "choice" }, el("span", {}, text),
    el("select", { id: `choice-${name}`, onchange: ({ target }) => picked(target.value) },
      Object.entries(options).map(([value, label]) => el("option", { value, selected: value === current }, label))));
}
