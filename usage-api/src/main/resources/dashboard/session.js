// The secret: kept in this tab's session storage, sent in a header, in no URL, and gone with the tab.

const NAME = "tollgate.secret";

/** Fired at `document` when the secret is no longer good; its detail says why. */
export const ENDED = "tollgate-ended";

let secret = sessionStorage.getItem(NAME);

export const hasSecret = () => secret !== null;

export function keep(text) {
  secret = text;
  sessionStorage.setItem(NAME, text);
}

export function forget() {
  secret = null;
  sessionStorage.removeItem(NAME);
}

/** The header that every request carries. */
export const authorization = () => ({ Authorization: `Bearer ${secret}` });

export function end(why) {
  if (secret !== null) {
    forget();
    document.dispatchEvent(new CustomEvent(ENDED, { detail: why }));
  }
}
