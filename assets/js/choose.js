import { pick } from "./pick.js";

// <o-choose>: a picture of a form, which its button takes from the library. What was to
// be sent, or taken away, is not any more.
class Choose extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (e) => this.choose(e.target.closest("[data-choose]")));
  }

  choose(button) {
    if (!button) return;
    pick(button.dataset.choose, (path, seen) => {
      button.focus();
      if (!path) return;
      const img = document.createElement("img");
      img.src = seen;
      img.alt = "";
      this.firstElementChild.replaceWith(img);
      this.querySelector("input[type=file]").value = "";
      for (const box of this.querySelectorAll(":checked")) box.checked = false;
      const have = this.querySelector("input[type=hidden]");
      have.value = path.split("/")[2];
      have.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}

customElements.define("o-choose", Choose);
