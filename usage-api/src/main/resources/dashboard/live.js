// What happens now: one stream for the whole page, taken up again where it broke off.

import { send } from "./api.js";
import { events } from "./stream.js";

const SILENCE = 40_000; // heartbeats come every 15 s
const LONGEST_WAIT = 20_000;

/**
 * Follows `/v1/live` until it is stopped. `hear(kind, data)` gets usage, quota, alert and reset; `tell(state)` gets
 * "connecting", "live", "stale" (the server hears nothing from Kafka), "lost" (tried again by itself) and "absent", where the
 * server has no stream.
 */
export function follow(parameters, hear, tell) {
  const control = new AbortController();
  run(parameters, hear, tell, control);
  return () => control.abort();
}

async function run(parameters, hear, tell, control) {
  let last = null;
  let failures = 0;
  const heard = (kind, data) => {
    if (kind === "stale" || kind === "fresh") {
      tell(kind === "stale" ? "stale" : "live");
    } else {
      hear(kind, data);
    }
  };
  while (!control.signal.aborted) {
    tell(failures === 0 ? "connecting" : "lost");
    try {
      await once(parameters, last, (event) => {
        failures = 0;
        last = event.id ?? last;
        if (event.data !== undefined) {
          heard(event.event ?? "message", JSON.parse(event.data));
        }
      }, () => {
        failures = 0;
        tell("live");
      }, control.signal);
    } catch (failure) {
      if (control.signal.aborted || failure.status === 401) {
        return;
      }
      if (failure.status === 400 && last !== null) {
        // The place is not one of this server's: begin with what comes, and count anew.
        last = null;
        hear("reset", {});
        continue;
      }
      if (failure.status === 404 || failure.status === 403) {
        tell("absent");
        return;
      }
    }
    failures++;
    // Spread out: after a restart of the server all pages come back, and not all at once.
    const wait = Math.min(LONGEST_WAIT, 500 * 2 ** Math.min(failures, 6)) * (0.5 + Math.random() / 2);
    tell("lost");
    await pause(wait, control.signal);
  }
}

async function once(parameters, last, hear, open, signal) {
  const silence = new AbortController();
  const stop = () => silence.abort();
  signal.addEventListener("abort", stop);
  window.addEventListener("offline", stop);
  let timer = setTimeout(stop, SILENCE);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(stop, SILENCE);
  };
  try {
    const response = await send("/v1/live", parameters, {
      signal: silence.signal,
      accept: "text/event-stream",
      headers: last === null ? {} : { "Last-Event-ID": last },
    });
    open();
    for await (const event of events(response.body, heard)) {
      heard();
      hear(event);
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    window.removeEventListener("offline", stop);
  }
}

/** Over at once when the network is back. */
function pause(time, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, time);
    function done() {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    }
    window.addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}
