// Requests to the service that this page came from.

import { authorization, end } from "./session.js";

/** An answer that is no answer: what happened and what to do about it. */
export class Refusal extends Error {
  constructor(status, code, detail, retryAfter) {
    super(detail);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Whether the same question may be answered in a while. */
  get isPassing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  get advice() {
    switch (this.status) {
      case 0: return "Nothing answers at this address. It is tried again by itself; check that usage-api runs.";
      case 403: return "Use a key that may: one with the scope “read”, or an administrator’s token.";
      case 404: return "This server does not have it; it may be of another release.";
      case 429: return "Too many wrong secrets came from this address. Wait a little.";
      case 503: return "It is tried again by itself. If it lasts, look at /actuator/health of usage-api.";
      default: return this.status >= 500
        ? `The log of usage-api has it${this.code ? ` (${this.code})` : ""}.`
        : "";
    }
  }
}

/** A request with the secret. A 401 ends the session; any other refusal is thrown. */
export async function ask(path, parameters = {}, options = {}) {
  const response = await send(path, parameters, options);
  return response.json();
}

/** The same, for answers that are not JSON. */
export async function send(path, parameters = {}, { signal, accept = "application/json", headers = {} } = {}) {
  let response;
  try {
    response = await fetch(`${path}${query(parameters)}`, {
      headers: { Accept: accept, ...headers, ...authorization() },
      signal,
      cache: "no-store",
      redirect: "error",
    });
  } catch (failure) {
    if (signal?.aborted) {
      throw failure;
    }
    throw new Refusal(0, "unreachable", "The server can’t be reached.", 3);
  }
  if (!response.ok) {
    const refusal = await refused(response);
    if (refusal.status === 401) {
      end(refusal.message);
    }
    throw refusal;
  }
  return response;
}

async function refused(response) {
  let problem = {};
  try {
    problem = await response.json();
  } catch {
    // Not ours: a proxy's.
  }
  const retryAfter = Number(response.headers.get("Retry-After")) || 5;
  return new Refusal(response.status, problem.code ?? "", problem.detail ?? `It answered ${response.status}.`, retryAfter);
}

/** Without what is empty; lists are repeated, and in one an empty text stands for itself: usage that has none. */
export function query(parameters) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) {
      if (one != null && (one !== "" || Array.isArray(value))) {
        search.append(name, one);
      }
    }
  }
  const text = search.toString();
  return text && `?${text}`;
}
