// Asks for a secret, and whether it is good.

import { Refusal, ask } from "./api.js";
import { byId } from "./dom.js";
import { forget, keep } from "./session.js";

/** Calls `opened(who)` once a secret was given that reads. */
export function listen(opened) {
  const secret = byId("secret");
  const reveal = byId("reveal");
  reveal.addEventListener("click", () => {
    const isShown = secret.type === "text";
    secret.type = isShown ? "password" : "text";
    reveal.textContent = isShown ? "Show" : "Hide";
    reveal.setAttribute("aria-pressed", String(!isShown));
  });
  byId("sign-in-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = secret.value.trim();
    if (!/^[\x21-\x7e]+$/.test(given)) {
      say("A key has letters, digits and signs only, and no spaces.");
      return;
    }
    keep(given);
    const who = await whoami();
    if (who) {
      secret.value = "";
      opened(who);
    }
  });
}

/** Who the kept secret belongs to; null where it is not good, which is said. */
export async function whoami() {
  try {
    return await ask("/v1/whoami");
  } catch (failure) {
    if (!(failure instanceof Refusal)) {
      throw failure;
    }
    if (!failure.isPassing) {
      forget();
    }
    say(`${failure.message} ${failure.advice}`.trim());
    return null;
  }
}

/** Shows the form, with what is wrong if anything is. */
export function show(problem = "") {
  byId("sign-in").hidden = false;
  say(problem);
  byId("secret").focus();
}

function say(problem) {
  const said = byId("sign-in-problem");
  said.hidden = problem === "";
  said.textContent = problem;
  byId("secret").setAttribute("aria-invalid", String(problem !== ""));
}
