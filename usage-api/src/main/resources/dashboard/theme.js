// Before the first paint, so that no one is dazzled: light, dark, or as the system says.
"use strict";
(function () {
  const NAME = "tollgate.theme";
  const kept = localStorage.getItem(NAME);
  if (kept === "light" || kept === "dark") {
    document.documentElement.dataset.theme = kept;
  }
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const current = () => document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light");
  const announce = () => document.dispatchEvent(new Event("tollgate-theme"));
  dark.addEventListener("change", announce);
  document.addEventListener("DOMContentLoaded", () => {
    const text = document.getElementById("theme-text");
    const button = document.getElementById("theme");
    const say = () => {
      const other = current() === "dark" ? "light" : "dark";
      text.textContent = other === "dark" ? "Dark" : "Light";
      button.setAttribute("aria-label", `Switch to the ${other} theme`);
    };
    button.addEventListener("click", () => {
      const chosen = current() === "dark" ? "light" : "dark";
      document.documentElement.dataset.theme = chosen;
      localStorage.setItem(NAME, chosen);
      announce();
    });
    document.addEventListener("tollgate-theme", say);
    say();
  });
})();
