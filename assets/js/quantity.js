// <o-quantity> adds buttons for one more and one fewer. With data-send the
// form is sent a moment after the last change, as in a cart.
class Quantity extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    for (const b of this.querySelectorAll("[data-by]")) {
      b.addEventListener("click", () => this.step(Number(b.dataset.by)));
    }
    if ("send" in this.dataset) {
      this.input.addEventListener("change", () => this.send());
    }
    this.bound();
  }

  step(by) {
    const { min, max } = this.input;
    const value = Math.max(Number(this.input.value) + by * Number(this.input.step || 1), Number(min || 0));
    this.input.value = max ? Math.min(value, Number(max)) : value;
    this.bound();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  bound() {
    const { min, max } = this.input;
    for (const b of this.querySelectorAll("[data-by]")) {
      const end = Number(b.dataset.by) < 0 ? Number(this.input.value) <= Number(min || 0) : max !== "" && Number(this.input.value) >= Number(max);
      if (end && b === document.activeElement) this.input.focus(); // what is off has no focus
      b.disabled = end;
    }
  }

  send() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.input.form?.requestSubmit(), 400);
  }
}
customElements.define("o-quantity", Quantity);
