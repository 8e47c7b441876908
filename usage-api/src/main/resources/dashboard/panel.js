// A part of the page that shows an answer: empty, loading, shown, stale or refused, without moving what is around it.

import { Refusal } from "./api.js";
import { el, show } from "./dom.js";
import { clockText } from "./times.js";

const all = new Set();

/** Every panel asks again: another company, another range, a stream that could not be resumed. */
export const refreshAll = () => all.forEach((panel) => panel.refresh());

/** No more questions: nobody is signed in. */
export const stopAll = () => all.forEach((panel) => panel.stop());

/** Those that follow usage ask again, soon. */
export const pollAll = () => all.forEach((panel) => panel.followsUsage && panel.soon());

/** The same, since there has been usage: the stream tells of it a moment before the totals have it. */
export function stirAll() {
  stirredAt = Date.now();
  pollAll();
}

const SOON = 1200;
/** Who asks within so long of the last usage asks once more. */
const SETTLED = 15_000;
const AGAIN = 4000;
let stirredAt = -Infinity;

export class Panel {
  /**
   * @param root its element, with a `[data-body]` that is drawn into
   * @param load (signal) => a promise of the answer
   * @param draw (answer, body) => shows it
   * @param every ms between questions, while the page is looked at
   * @param followsUsage whether usage changes it
   */
  constructor(root, load, draw, { every = 60_000, followsUsage = false } = {}) {
    Object.assign(this, { root, load, draw, every, followsUsage });
    this.body = root.querySelector("[data-body]");
    this.isShown = false;
    root.setAttribute("role", "group");
    all.add(this);
  }

  /** Asks now; a question that is still open is dropped. */
  async refresh() {
    this.stop();
    const control = new AbortController();
    this.control = control;
    if (!this.isShown && !this.body.hasChildNodes()) {
      show(this.body, el("div", { class: "waiting" }, el("span", { class: "hidden-text" }, "Loading …")));
    }
    this.root.setAttribute("aria-busy", "true");
    const isSettled = !this.followsUsage || Date.now() - stirredAt > SETTLED;
    let wait = isSettled ? this.every : Math.min(this.every, AGAIN);
    try {
      const answer = await this.load(control.signal);
      if (control.signal.aborted) {
        return;
      }
      this.note(null);
      this.draw(answer, this.body);
      this.isShown = true;
      this.shownAt = new Date();
    } catch (failure) {
      if (control.signal.aborted) {
        return;
      }
      wait = this.refuse(failure);
    }
    this.root.removeAttribute("aria-busy");
    this.asked = Date.now();
    this.control = null;
    const isDue = this.isDue;
    this.isDue = false;
    this.timer = setTimeout(() => this.whenSeen(), wait);
    if (isDue) {
      this.soon();
    }
  }

  /** Asks within moments, and not more often than that. */
  soon() {
    const isUnderway = this.control || this.isDue;
    this.isDue = true;
    if (isUnderway) {
      return;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.whenSeen(), Math.max(100, SOON - (Date.now() - (this.asked ?? 0))));
  }

  whenSeen() {
    if (document.hidden) {
      document.addEventListener("visibilitychange", () => this.refresh(), { once: true });
    } else {
      this.refresh();
    }
  }

  stop() {
    clearTimeout(this.timer);
    this.isDue = false;
    this.control?.abort();
    this.control = null;
  }

  /** Says what is wrong; what was shown stays, with its time. Gives the wait before the next question. */
  refuse(failure) {
    const refusal = failure instanceof Refusal ? failure : new Refusal(-1, "", `This page has a fault: ${failure.message}`, 60);
    if (!(failure instanceof Refusal)) {
      console.error(failure);
    }
    const retry = el("button", { type: "button", class: "quiet", onclick: () => this.refresh() }, "Try again");
    if (this.isShown && refusal.isPassing) {
      this.note(el("p", { class: "stale" }, `As of ${clockText(this.shownAt)}. ${refusal.message} `, retry));
    } else {
      this.isShown = false;
      this.note(null);
      show(this.body, el("div", { class: "refused", role: "alert" },
        el("p", { class: "problem" }, refusal.message), refusal.advice && el("p", {}, refusal.advice), retry));
    }
    return refusal.isPassing ? Math.min(refusal.retryAfter * 1000, this.every) : this.every;
  }

  note(element) {
    this.noted?.remove();
    this.noted = element;
    if (element) {
      this.root.append(element);
    }
  }
}

/** Nothing is there, and why that is so or what to do about it. */
export function empty(title, ...advice) {
  return el("div", { class: "empty" }, el("p", { class: "empty-title" }, title), el("p", {}, ...advice));
}
