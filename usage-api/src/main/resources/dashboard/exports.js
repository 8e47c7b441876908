// Files for the finance system, with what is in them and how complete they are.

import { ask, send } from "./api.js";
import { Decimal } from "./decimal.js";
import { byId, el, show } from "./dom.js";
import { download } from "./download.js";
import { count } from "./format.js";
import { dayOf, monthOf, time } from "./times.js";
import { filter, range } from "./view.js";

const FORMATS = { csv: "CSV", ndjson: "NDJSON", parquet: "Parquet" };
const PROFILES = { native: "Tollgate’s own columns", "focus-1.2": "FOCUS 1.2", "focus-1.4": "FOCUS 1.4" };
const MONTHS = 13;
const CHECKED = 64 << 20;

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
    const file = await download(response, `tollgate-usage.${format}`);
    show(result, el("p", {}, "Saved."));
    const manifest = await ask("/v1/exports/usage/manifest", { export: response.headers.get("x-export") });
    show(result, described(manifest, await isIntact(file, manifest.sha256)));
  } catch (failure) {
    result.append(el("p", { class: "problem" }, failure.message), el("p", { class: "under" }, failure.advice ?? ""));
  }
  buttons.forEach((button) => {
    button.disabled = false;
  });
}

/** Whether what was saved is what the server wrote; null where this browser can't tell. */
async function isIntact(file, sha256) {
  if (!window.isSecureContext || file.size > CHECKED) {
    return null;
  }
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("") === sha256;
}

/** Rows, sums and how complete it is, as the manifest says. */
function described(manifest, isWhole) {
  const whole = (number) => count(new Decimal(BigInt(number), 0));
  return el("dl", {},
    entry("File", el("b", {}, manifest.file), ", ", whole(manifest.size), " bytes"),
    entry("Rows", whole(manifest.rows), manifest.adjustments > 0 && [", of which ", whole(manifest.adjustments), " adjust closed months"]),
    manifest.sums.map((sum) => entry(`Cost, ${sum.currency}`,
      el("data", { value: sum.cost, class: "figure", "data-export-sum": sum.currency }, sum.cost),
      sum.cost === sum.list_cost ? "" : ` (list price ${sum.list_cost})`)),
    manifest.unpriced > 0 && entry("Without a price", whole(manifest.unpriced), " requests"),
    entry("Complete", manifest.closed ? "closed: this file never changes"
      : manifest.watermark ? ["up to ", time(manifest.watermark), "; the month is still open"] : "not known just now"),
    entry("SHA-256", el("code", {}, manifest.sha256), isWhole === null ? "" : isWhole ? " ✓ checked" : " ✗ the saved file is another: save it again"));
}

const entry = (name, ...content) => [el("dt", {}, name), el("dd", {}, ...content)];
