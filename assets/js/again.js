// <o-again data-src="/store/imports/imp_06" data-every="2"> asks for itself every
// so many seconds and takes the place of what it was, as long as the answer has it.
class Again extends HTMLElement {
  connectedCallback() {
    this.later = setTimeout(() => this.ask(), Number(this.dataset.every) * 1000);
  }

  disconnectedCallback() {
    clearTimeout(this.later);
  }

  async ask() {
    const answer = document.hidden ? null : await fetch(this.dataset.src, { headers: { Accept: "text/html", "Orion-Part": "true" } }).catch(() => null);
    const text = answer?.ok && !answer.redirected ? await answer.text() : "";
    const part = text && new DOMParser().parseFromString(text, "text/html").getElementById(this.id);
    if (!this.isConnected) return;
    if (part) this.replaceWith(part);
    else this.connectedCallback();
  }
}
customElements.define("o-again", Again);
