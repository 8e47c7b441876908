// Files for the finance system, with what is in them and how complete they are.

import { ask, send } from "./api.js";
import { Decimal } from "./decimal.js";
import { byId, el, show } from "./dom.js";
import { download } from "./download.js";
import { amountOf, count } from "./format.js";
import { dayOf, monthOf, plusDays, time } from "./times.js";
import { RANGES, filter, range } from "./view.js";

const FORMATS = { csv: "CSV", ndjson: "NDJSON", parquet: "Parquet" };
const PROFILES = { native: "Tollgate’s own columns", "focus-1.2": "FOCUS 1.2", "focus-1.4": "FOCUS 1.4" };
const MONTHS = 13;

export function start() {
  const result = el("div", { class: "export-result", role: "status", id: "export-result" });
  const buttons = Object.entries(FORMATS).map(([format, text]) =>
    el("button", { type: "button", class: "primary", "data-format": format, onclick: () => run(format, buttons, result) }, text));
  show(byId("exports-panel"),
    el("div", { class: "bar-of-choices" },
      select("Period", "export-period", periods()),
      select("Columns", "export-profile", PROFILES),
      el("div", { class: "choice", role: "group", "aria-labelledby": "export-as" }, el("span", { id: "export-as" }, "Save as"),
        el("span", { class: "buttons" }, buttons))),
    el("p", { class: "under" }, "Days and months are UTC’s. A closed month is the same file, byte for byte, whenever it is exported. ",
      "For files of gigabytes use ", el("code", {}, "./tollgate export"), ", which resumes."),
    result);
}

/** Months of UTC, as bills are, and the range of the chart. */
function periods() {
  const today = dayOf(new Date(), "UTC");
  const months = Array.from({ length: MONTHS }, (_, back) => monthOf(today, -back).slice(0, 7));
  const name = new Intl.DateTimeFormat(undefined, { timeZone: "UTC", month: "long", year: "numeric" });
  return Object.fromEntries([
    ...months.map((month, index) => [month, `${name.format(new Date(`${month}-15T00:00:00Z`))}${index === 0 ? " so far" : ""}`]),
    ["range", "The chart’s days"],
  ]);
}

function select(text, id, options) {
  return el("label", { class: "choice" }, el("span", {}, text),
    el("select", { id }, Object.entries(options).map(([value, label]) => el("option", { value }, label))));
}

function question(format) {
  const period = byId("export-period").value;
  const { from, to } = range();
  return {
    ...(period === "range" ? { from, to } : { period }), format, profile: byId("export-profile").value, gzip: format === "parquet" ? null : false, ...filter(),
  };
}

async function run(format, buttons, result) {
  const asked = question(format);
  buttons.forEach((button) => {
    button.disabled = true;
  });
  show(result, el("p", {}, "Preparing the file …"));
  try {
    const response = await send("/v1/exports/usage", asked, { accept: "*/*" });
    const manifest = response.headers.get("x-export-id") ?? response.headers.get("etag");
    const bytes = await download(response, `tollgate-usage.${format}`);
    show(result, el("p", {}, "Saved, ", count(new Decimal(BigInt(bytes), 0)), " bytes."));
    await describe(asked, manifest, result);
  } catch (failure) {
    show(result, el("p", { class: "problem" }, failure.message), failure.advice && el("p", { class: "under" }, failure.advice));
  }
  buttons.forEach((button) => {
    button.disabled = false;
  });
}

/** Rows, sums and the watermark, as the manifest says. */
async function describe(asked, manifest, result) {
  const said = await ask("/v1/exports/usage/manifest", asked);
  result.append(el("pre", {}, JSON.stringify(said, null, 1)));
}
