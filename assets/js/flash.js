// <o-flash> goes by itself, unless it is bad news or somebody is at it, or on the way
// there by Tab. One that can be taken back stays longer. Escape sends it away.
class Flash extends HTMLElement {
  connectedCallback() {
    if (this.querySelector(".flash-x")) return;
    const x = document.createElement("button");
    x.type = "button";
    x.className = "flash-x";
    x.textContent = "×";
    x.ariaLabel = this.dataset.dismiss;
    x.addEventListener("click", () => this.go());
    this.append(x);
    this.wait();
    for (const type of ["pointerenter", "focusin"]) this.addEventListener(type, () => clearTimeout(this.timer));
    for (const type of ["pointerleave", "focusout"]) this.addEventListener(type, () => this.wait());
    this.addEventListener("keydown", (e) => {
      if (e.key === "Escape") this.go();
    });
    document.addEventListener("keydown", this);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
  }

  handleEvent(e) {
    if (e.key === "Tab") this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    if (this.classList.contains("t-bad")) return;
    this.timer = setTimeout(() => (this.matches(":hover, :focus-within") ? this.wait() : this.go()), this.querySelector("form") ? 12000 : 6000);
  }

  go() {
    clearTimeout(this.timer);
    if (this.contains(document.activeElement)) document.getElementById("main")?.focus({ preventScroll: true });
    this.classList.add("is-going");
    setTimeout(() => this.remove(), 250);
  }
}
customElements.define("o-flash", Flash);
