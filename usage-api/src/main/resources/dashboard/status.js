// Whether what is shown is live, in a word.

import { byId, el, show } from "./dom.js";
import { refreshAll } from "./panel.js";

const WORDS = {
  connecting: ["…", "Connecting", "muted"],
  live: ["●", "Live", "good"],
  stale: ["○", "Kafka is away, waiting", "warn"],
  lost: ["○", "Not live, trying again", "warn"],
  absent: ["○", "Not live, every 10 s", "warn"],
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
