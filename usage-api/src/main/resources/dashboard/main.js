// The page: who is looked at, the parts that show it, and the stream that stirs them.

import * as alerts from "./alerts.js";
import * as choices from "./choices.js";
import * as exports from "./exports.js";
import * as now from "./now.js";
import * as quotas from "./quotas.js";
import * as scope from "./scope.js";
import * as signIn from "./sign-in.js";
import * as spend from "./spend.js";
import * as status from "./status.js";
import * as todo from "./todo.js";
import * as top from "./top.js";
import * as totals from "./totals.js";
import { byId } from "./dom.js";
import { follow } from "./live.js";
import { pollAll, refreshAll, stirAll, stopAll } from "./panel.js";
import { ENDED, forget, hasSecret } from "./session.js";
import { dayText, plusDays } from "./times.js";
import { CHANGED, change, filter, range, view } from "./view.js";

let unfollow = () => {};
let followed = null;
let isBuilt = false;
let spending = null;
let polling = null;

const POLL = 10_000;

const HEARERS = {
  usage: (frame) => {
    now.take(frame);
    stirAll();
  },
  quota: quotas.take,
  quota_removed: quotas.drop,
  alert: alerts.take,
  reset: () => {
    now.clear();
    refreshAll();
  },
};

function build() {
  if (!isBuilt) {
    isBuilt = true;
    totals.panels();
    spending = spend.panel();
    top.panels();
    quotas.panel();
    alerts.panel();
    todo.panels();
  }
}

function open(who) {
  byId("sign-in").hidden = true;
  for (const id of ["page", "sections", "leave", "stream"]) {
    byId(id).hidden = false;
  }
  if (who.kind === "key" && view.company && view.company !== who.company) {
    change({ company: "" });
  }
  if (who.kind === "key" && view.by === "company") {
    change({ by: "model" });
  }
  document.title = `${who.name ?? who.company ?? "Tollgate"}: usage and cost`;
  build();
  scope.draw(who);
  choices.draw();
  exports.start();
  now.start();
  look();
  byId("content").focus({ preventScroll: true });
}

/** Asks for everything of what is looked at now. */
function look() {
  const { from, to } = range();
  document.querySelectorAll("[data-range]").forEach((element) => {
    element.textContent = `${dayText(from)} to ${dayText(plusDays(to, -1))}`;
  });
  refreshAll();
  const asked = JSON.stringify(filter());
  if (followed !== asked) {
    followed = asked;
    unfollow();
    now.clear();
    unfollow = follow(filter(), (kind, data) => HEARERS[kind]?.(data), tell);
  }
}

/** Without a stream the figures are asked for instead, if less often. */
function tell(state) {
  status.tell(state);
  clearInterval(polling);
  polling = state === "absent" ? setInterval(pollAll, POLL) : null;
}

function close(problem) {
  unfollow();
  followed = null;
  stopAll();
  now.stop();
  tell("closed");
  for (const id of ["page", "sections", "leave", "stream", "scope", "zone-label"]) {
    byId(id).hidden = true;
  }
  // What was shown was another's.
  document.querySelectorAll("[data-body]").forEach((body) => body.replaceChildren());
  byId("toasts").replaceChildren();
  document.title = "Tollgate";
  signIn.show(problem);
}

document.addEventListener(ENDED, ({ detail }) => byId("page").hidden || close(`${detail} Sign in again.`));
document.addEventListener(CHANGED, () => byId("page").hidden || look());
document.addEventListener("tollgate-spend", () => spending?.refresh());
byId("leave").addEventListener("click", () => {
  forget();
  close("");
});
byId("spend-choices").addEventListener("submit", (event) => event.preventDefault());
signIn.listen(open);

const who = hasSecret() ? await signIn.whoami() : null;
if (who) {
  open(who);
} else {
  const problem = byId("sign-in-problem").textContent;
  signIn.show(problem);
}
