// Names of keys, so that a key is not only its id.

import { ask } from "./api.js";
import { filter } from "./view.js";

let names = new Map();
let last = null;

/** Names by id, asked for once a minute at most. */
export async function keyNames(signal) {
  const of = JSON.stringify(filter());
  if (last && last.of === of && Date.now() - last.at < 60_000) {
    return names;
  }
  const { items } = await ask("/v1/keys", { ...filter(), limit: 1000 }, { signal });
  names = new Map(items.map((key) => [key.id, key.name || key.id]));
  last = { of, at: Date.now() };
  return names;
}
