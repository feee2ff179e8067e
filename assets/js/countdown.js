// <o-countdown data-until="2026-12-24T18:00:00Z">: what the page says of the time
// that is left goes on. Behind it the section is gone.
class Countdown extends HTMLElement {
  connectedCallback() {
    this.end = Date.parse(this.dataset.until);
    this.parts = this.querySelectorAll("b");
    this.timer = setInterval(() => this.tick(), 1000 * 20);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    const minutes = Math.floor((this.end - Date.now()) / 60000);
    if (minutes < 0) return this.closest("section").remove();
    for (const [i, n] of [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60].entries()) this.parts[i].textContent = n;
  }
}
customElements.define("o-countdown", Countdown);
