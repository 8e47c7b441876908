// Elements without markup in strings: text can't become code, whatever a model or a user is called.

const SVG = new Set(["svg", "path", "circle", "rect", "line"]);

/** An element; children are nodes, texts, lists of them, or nothing. `on…` are listeners. */
export function el(tag, attributes = {}, ...children) {
  const element = SVG.has(tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value != null) {
      element.setAttribute(name, value);
    }
  }
  element.append(...flat(children));
  return element;
}

/** Shows these in place of what was there. */
export function show(parent, ...children) {
  parent.replaceChildren(...flat(children));
}

export const byId = (id) => document.getElementById(id);

function flat(children) {
  return children.flat(Infinity).filter((child) => child != null && child !== false);
}

/** A bar of a share, 0 to 1, drawn as SVG: styles in attributes are not allowed here. */
export function bar(share, className = "") {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return el("svg", { class: `bar ${className}`, viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    el("rect", { class: "track", width: 100, height: 4 }),
    el("rect", { class: "fill", width: width > 0 ? Math.max(width, 0.6) : 0, height: 4 }));
}

/** A text that can be copied with one press. */
export function command(text) {
  const said = el("span", { class: "hidden-text", role: "status" });
  const button = el("button", { type: "button", class: "quiet", "aria-label": `Copy: ${text}`, onclick: async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.firstChild.data = "Copied";
      said.textContent = "Copied";
    } catch {
      button.firstChild.data = "Select it by hand";
    }
    setTimeout(() => {
      button.firstChild.data = "Copy";
      said.textContent = "";
    }, 2000);
  } }, "Copy");
  return el("span", { class: "command" }, el("code", {}, text), button, said);
}
