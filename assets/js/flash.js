// <o-flash> goes by itself, unless it is bad news or somebody is reading it.
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
    if (!this.classList.contains("t-bad")) this.wait();
    this.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.addEventListener("pointerleave", () => this.wait());
  }

  wait() {
    if (this.classList.contains("t-bad")) return;
    this.timer = setTimeout(() => this.go(), 6000);
  }

  go() {
    this.classList.add("is-going");
    setTimeout(() => this.remove(), 250);
  }
}
customElements.define("o-flash", Flash);
