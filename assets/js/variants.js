// <o-variants>: when another variant is chosen, its picture, price and stock
// are taken from its own page.
import { swap } from "./swap.js";

class Variants extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => {
      const url = new URL(this.dataset.href || location.href, location.href);
      for (const input of this.querySelectorAll("input:checked")) url.searchParams.set(input.name, input.value);
      swap(url, this.dataset.swap || "#product")
        .then(() => history.replaceState(null, "", url))
        .catch(() => location.assign(url));
    });
  }
}
customElements.define("o-variants", Variants);
