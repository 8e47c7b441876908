// Whether what is shown is live, in a word.

import { byId, el, show } from "./dom.js";
import { refreshAll } from "./panel.js";

const WORDS = {
  connecting: ["…", "Connecting", "muted"],
  live: ["●", "Live", "good"],
  lost: ["○", "Connection lost, trying again", "warn"],
  absent: ["○", "No live view here; the figures are asked for again each minute", "warn"],
  closed: ["", "", "muted"],
};

let last = null;

export function tell(state) {
  if (state === last) {
    return;
  }
  if (state === "live" && last === "lost") {
    refreshAll();
  }
  last = state;
  const [mark, text, of] = WORDS[state];
  const stream = byId("stream");
  stream.className = `stream ${of}`;
  stream.dataset.state = state;
  show(stream, el("span", { class: "mark", "aria-hidden": "true" }, mark), el("span", { class: "stream-text" }, text));
}
