// <o-pay> shows the form of a payment service, which lives in a frame of its own,
// and pays with it. The service leads back to data-return; so do we whenever
// nobody knows what became of it, because the page there asks.
const known = ["en", "fr", "de"]; // Stripe speaks no Luxembourgish

class Pay extends HTMLElement {
  async connectedCallback() {
    [this.state, this.fields, this.wrong] = [".pay-state", ".pay-fields", ".pay-wrong"].map((s) => this.querySelector(s));
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.pay());
    const look = this.look();
    this.button.disabled = true;
    const late = setTimeout(() => this.lost(), 20000);
    try {
      await this.load();
      const { key, secret, lang } = this.dataset;
      this.service = window.Stripe(key);
      this.elements = this.service.elements({ clientSecret: secret, locale: known.includes(lang) ? lang : "auto", appearance: { theme: "stripe", variables: look } });
      const form = this.elements.create("payment");
      form.on("ready", () => {
        clearTimeout(late);
        this.state.hidden = true;
        this.button.disabled = false;
      });
      form.on("loaderror", () => this.lost());
      form.mount(this.fields);
    } catch {
      clearTimeout(late);
      this.lost();
    }
  }

  // look is how the page looks, so that the form looks the same.
  look() {
    const [page, button, paper, wrong] = [this, this.button, this.querySelector(".pay-paper"), this.wrong].map((e) => getComputedStyle(e));
    return { colorText: page.color, colorPrimary: button.backgroundColor, colorBackground: paper.backgroundColor, colorDanger: wrong.color, borderRadius: paper.borderTopLeftRadius };
  }

  load() {
    return new Promise((done, failed) => {
      const script = Object.assign(document.createElement("script"), { src: this.dataset.script, onload: done, onerror: failed });
      document.head.append(script);
    });
  }

  // lost says that the form is not there, and that nothing was taken.
  lost() {
    this.state.hidden = this.fields.hidden = this.button.hidden = true;
    this.wrong.textContent = this.dataset.lost;
  }

  async pay() {
    this.button.disabled = true;
    this.button.ariaBusy = "true";
    this.wrong.textContent = "";
    const back = new URL(this.dataset.return, location.href).href;
    const { error } = await this.service.confirmPayment({ elements: this.elements, confirmParams: { return_url: back } }).catch(() => ({}));
    if (error?.type !== "card_error" && error?.type !== "validation_error") return location.assign(back);
    this.wrong.textContent = error.message;
    this.button.disabled = false;
    this.button.ariaBusy = null;
  }
}
customElements.define("o-pay", Pay);
