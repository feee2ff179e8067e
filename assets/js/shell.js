// <o-shell> folds the side bar, and opens it as a drawer on a phone.
const narrow = matchMedia("(max-width: 800px)");

class Shell extends HTMLElement {
  connectedCallback() {
    if (localStorage.getItem("side") === "slim") this.classList.add("is-slim");
    this.addEventListener("click", (e) => {
      if (e.target.closest("[data-toggle-side]")) this.toggle();
      if (e.target.closest("[data-close-side]")) this.classList.remove("is-open");
    });
    this.addEventListener("keydown", (e) => {
      if (e.key === "Escape") this.classList.remove("is-open");
    });
  }

  toggle() {
    if (narrow.matches) {
      if (this.classList.toggle("is-open")) this.querySelector(".side a, .side summary")?.focus();
      return;
    }
    localStorage.setItem("side", this.classList.toggle("is-slim") ? "slim" : "wide");
  }
}
customElements.define("o-shell", Shell);
