// <o-cart> slides the cart in beside the page: after something was put into it,
// and when its link in the header is followed. What it shows is a part of the
// cart's own page, so there is one cart to draw and to test.
import { swap } from "./swap.js";

class Cart extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    document.addEventListener("swapped", (e) => this.shown(e.detail));
    document.addEventListener("click", (e) => {
      const link = e.target.closest("#cart-link");
      if (!link || e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
      e.preventDefault();
      swap(link.href, "#cart #cart-link").catch(() => location.assign(link.href));
    });
    // The link is drawn anew with each change, so the browser cannot return to it.
    this.dialog.addEventListener("close", () => {
      const at = document.activeElement;
      if (at === document.body || this.dialog.contains(at)) document.querySelector("#cart-link")?.focus();
    });
  }

  // A message behind the shade would not be seen, so the drawer has it.
  shown({ targets, flashes }) {
    if (!targets.split(" ").includes("#cart")) return;
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector(".drawer-note")?.remove();
    if (flashes.length) {
      const note = document.createElement("div");
      note.className = "drawer-note";
      note.role = "status";
      note.append(...flashes);
      this.dialog.querySelector(".dialog-body").prepend(note);
    }
    if (!this.dialog.contains(document.activeElement)) this.dialog.querySelector(".dialog-header button").focus();
  }
}
customElements.define("o-cart", Cart);
