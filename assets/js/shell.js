// <o-shell> folds the side bar, and opens it as a drawer on a phone. Who leaves
// the drawer by a key has it closed behind them.
const narrow = matchMedia("(max-width: 800px)");

class Shell extends HTMLElement {
  connectedCallback() {
    if (localStorage.getItem("side") === "slim") this.classList.add("is-slim");
    this.button = this.querySelector("[data-toggle-side]");
    this.addEventListener("click", (e) => {
      if (e.target.closest("[data-toggle-side]")) this.toggle();
      if (e.target.closest("[data-close-side]")) this.close();
    });
    this.addEventListener("keydown", (e) => {
      if (e.key === "Escape" && this.isOpen) {
        this.close();
        this.button.focus();
      }
    });
    this.addEventListener("focusin", (e) => {
      if (this.isOpen && !e.target.closest(".side")) this.close();
    });
    narrow.addEventListener("change", () => this.say());
    this.say();
  }

  get isOpen() {
    return narrow.matches && this.classList.contains("is-open");
  }

  say() {
    if (this.button) this.button.ariaExpanded = String(narrow.matches ? this.isOpen : !this.classList.contains("is-slim"));
  }

  close() {
    this.classList.remove("is-open");
    this.say();
  }

  toggle() {
    if (!narrow.matches) localStorage.setItem("side", this.classList.toggle("is-slim") ? "slim" : "wide");
    else if (this.classList.toggle("is-open")) this.querySelector(".side a, .side summary")?.focus();
    this.say();
  }
}
customElements.define("o-shell", Shell);
