// Saves what the service answered as a file: a link can't carry the secret.

import { el } from "./dom.js";

/** Saves the body under the name that the answer gives it, else under the given one. Gives its content. */
export async function download(response, name) {
  const said = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "");
  const blob = await response.blob();
  const url = URL.createObjectURL(blob);
  const link = el("a", { href: url, download: said?.[1] ?? name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return blob;
}
