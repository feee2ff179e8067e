// <o-margin> tells what a sale leaves, while price and cost are typed.
class Margin extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.hear = () => this.draw();
    this.form.addEventListener("input", this.hear);
    this.draw();
  }

  disconnectedCallback() {
    this.form.removeEventListener("input", this.hear);
  }

  draw() {
    const [price, cost] = [this.dataset.price, this.dataset.cost].map((name) => Number(this.form.elements[name]?.value.replace(",", ".") || NaN));
    const net = price / (1 + Number(this.dataset.vat || 0) / 100);
    this.hidden = !(net > 0) || !(cost >= 0);
    if (this.hidden) return;
    const lang = document.documentElement.lang;
    const money = new Intl.NumberFormat(lang, { style: "currency", currency: this.dataset.currency }).format(net - cost);
    const share = new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 1 }).format((net - cost) / net);
    this.textContent = this.dataset.text.replace("{money}", money).replace("{share}", share);
  }
}
customElements.define("o-margin", Margin);
