// <o-save-bar> knows whether its form differs from what was loaded, and asks
// before that is lost.
class SaveBar extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.was = this.now();
    // A field that is drawn otherwise by a script of its own has not been changed.
    this.form.addEventListener("orion:settled", () => !this.dirty && (this.was = this.now()));
    this.form.addEventListener("input", () => this.check());
    this.form.addEventListener("change", () => this.check());
    this.form.addEventListener("submit", () => (this.sent = true));
    this.querySelector("[data-discard]")?.addEventListener("click", () => (this.sent = true));
    this.guard = (e) => {
      if (this.dirty && !this.sent) e.preventDefault();
    };
    addEventListener("beforeunload", this.guard);
    addEventListener("keydown", (this.keys = (e) => {
      if ((e.ctrlKey || e.metaKey) && e.key === "s") {
        e.preventDefault();
        this.form.requestSubmit();
      }
    }));
  }

  disconnectedCallback() {
    removeEventListener("beforeunload", this.guard);
    removeEventListener("keydown", this.keys);
  }

  now() {
    return JSON.stringify([...new FormData(this.form)].map(([k, v]) => [k, v instanceof File ? v.name : v]));
  }

  check() {
    this.dirty = this.now() !== this.was;
    this.sent = false;
    this.classList.toggle("is-dirty", this.dirty);
  }
}
customElements.define("o-save-bar", SaveBar);
