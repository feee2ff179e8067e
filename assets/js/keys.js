import { taken } from "./taken.js";

// Keys of a page: an element says with data-key which one is its. Links and
// buttons are pressed, fields get the focus, and of anything else the first
// field does. Printing is a key, too, and a button.
const press = (e) => {
  if (e.matches("a, button, summary")) return e.click();
  for (const folded of e.querySelectorAll("details:not([open])")) folded.open = true;
  const field = e.matches("input, select, textarea") ? e : e.querySelector("input:not([type=hidden]), select, textarea");
  field?.focus();
  field?.select?.();
};

document.addEventListener("keydown", (e) => {
  if (taken(e)) return;
  const at = [...document.querySelectorAll(`[data-key="${CSS.escape(e.key)}"]`)].find((at) => at.checkVisibility?.() ?? true);
  if (!at) return;
  e.preventDefault();
  press(at);
});

class Print extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", () => window.print());
  }
}
customElements.define("o-print", Print);
