import { taken } from "./taken.js";

// <o-rows>: a list by keyboard (j, k, x, enter) and many rows at once. A button
// of the bar may have a key of its own: data-rows-key.
class Rows extends HTMLElement {
  connectedCallback() {
    this.all = this.querySelector("[data-all]");
    this.bar = this.querySelector(".bulk");
    this.at = -1;
    this.addEventListener("change", (e) => this.changed(e.target));
    // Enter in a field of the bulk bar presses the button that the field is for.
    this.bar?.addEventListener("keydown", (e) => {
      if (e.key !== "Enter" || !e.target.dataset.enter) return;
      e.preventDefault();
      this.bar.querySelector(`button[value="${e.target.dataset.enter}"]`).click();
    });
    this.keys = (e) => this.key(e);
    document.addEventListener("keydown", this.keys);
    this.shown = () => this.changed();
    addEventListener("pageshow", this.shown);
    this.changed(); // what was chosen before this script came, or before the page was left
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.keys);
    removeEventListener("pageshow", this.shown);
  }

  get rows() {
    return [...this.querySelectorAll("tbody tr")];
  }

  get boxes() {
    return [...this.querySelectorAll('tbody input[name="id"]')];
  }

  changed(target) {
    if (target && target === this.all) for (const box of this.boxes) box.checked = this.all.checked;
    const n = this.boxes.filter((b) => b.checked).length;
    if (this.all) {
      this.all.checked = n > 0 && n === this.boxes.length;
      this.all.indeterminate = n > 0 && n < this.boxes.length;
    }
    if (!this.bar) return;
    this.bar.hidden = n === 0;
    const count = this.bar.querySelector(".bulk-count");
    count.textContent = n === 1 ? count.dataset.one : count.dataset.other.replace("2", n);
  }

  key(e) {
    if (taken(e)) return;
    const rows = this.rows;
    const step = { j: 1, k: -1 }[e.key];
    if (step && rows.length) {
      rows[this.at]?.classList.remove("is-at");
      this.at = Math.min(Math.max(this.at + step, 0), rows.length - 1);
      rows[this.at].classList.add("is-at");
      rows[this.at].querySelector(".row-link")?.focus({ preventScroll: true });
      rows[this.at].scrollIntoView({ block: "nearest" });
    } else if (e.key === "x" && rows[this.at]) {
      rows[this.at].querySelector('input[name="id"]')?.click();
    } else if (e.key === "Enter" && rows[this.at] && !e.target.closest("a, button, summary")) {
      rows[this.at].querySelector(".row-link")?.click();
    } else if (e.key.length === 1) {
      this.act(e);
    }
  }

  // act presses a button of the bar by its key, for the rows that are chosen or,
  // when none are, for the one at hand.
  act(e) {
    const button = this.bar?.querySelector(`[data-rows-key="${CSS.escape(e.key)}"]`);
    if (!button) return;
    if (!this.boxes.some((b) => b.checked)) this.rows[this.at]?.querySelector('input[name="id"]')?.click();
    if (!this.boxes.some((b) => b.checked)) return;
    e.preventDefault();
    button.click();
  }
}
customElements.define("o-rows", Rows);
