// <o-range>: two days of which the second is not before the first, and stretches
// of days that are often wanted.
class Range extends HTMLElement {
  connectedCallback() {
    [this.from, this.to] = this.querySelectorAll('input[type="date"]');
    this.presets = [...this.querySelectorAll("[data-from]")];
    const row = this.querySelector(".range-presets");
    if (row) row.hidden = false;
    for (const p of this.presets) p.addEventListener("click", () => this.set(p.dataset.from, p.dataset.to));
    this.addEventListener("change", () => this.check());
    this.check();
  }

  set(from, to) {
    this.from.min = this.from.max = this.to.min = this.to.max = "";
    this.from.value = from;
    this.to.value = to;
    for (const input of [this.from, this.to]) input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  check() {
    this.to.min = this.from.value;
    this.from.max = this.to.value;
    for (const p of this.presets) p.ariaPressed = String(p.dataset.from === this.from.value && p.dataset.to === this.to.value);
  }
}
customElements.define("o-range", Range);
