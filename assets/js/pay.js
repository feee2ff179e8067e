// <o-pay> shows the form of a payment service, which lives in a frame of its own,
// and pays with it, saves a card with it, or has the bank ask its question: data-step
// says which. The service leads back to data-return; so do we whenever nobody knows
// what became of it, because the page there asks.
const known = ["en", "fr", "de"]; // Stripe speaks no Luxembourgish

class Pay extends HTMLElement {
  async connectedCallback() {
    [this.state, this.fields, this.wrong] = [".pay-state", ".pay-fields", ".pay-wrong"].map((s) => this.querySelector(s));
    [this.button, this.box] = ["button", "[name=save]"].map((s) => this.querySelector(s));
    this.button.addEventListener("click", () => this.pay());
    const look = this.look();
    this.button.disabled = true;
    const late = setTimeout(() => this.lost(), 20000);
    const ready = () => {
      clearTimeout(late);
      this.state.hidden = true;
      this.button.disabled = false;
    };
    try {
      await this.load();
      const { key, account, secret, lang, step } = this.dataset;
      this.service = account ? window.Stripe(key, { stripeAccount: account }) : window.Stripe(key);
      if (step === "handleNextAction") return ready();
      this.elements = this.service.elements({ clientSecret: secret, locale: known.includes(lang) ? lang : "auto", appearance: { theme: "stripe", variables: look } });
      const form = this.elements.create("payment");
      form.on("ready", ready);
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

  // remember tells, before anything is paid, whether the card is to be saved. Who does
  // not want that pays in any case: what nobody agreed to is not kept.
  async remember() {
    const save = this.box?.checked ?? false;
    if (save === (this.told ?? false)) return true;
    const body = new URLSearchParams(save ? { save: "on" } : {});
    const answer = await fetch(this.dataset.save, { method: "post", body, redirect: "manual" }).catch(() => null);
    this.told = answer?.ok ? save : null;
    if (answer?.ok) await this.elements.fetchUpdates();
    return answer?.ok || !save;
  }

  act(back) {
    const { secret: clientSecret, step } = this.dataset;
    if (step === "handleNextAction") return this.service.handleNextAction({ clientSecret });
    return this.service[step]({ elements: this.elements, confirmParams: { return_url: back } });
  }

  async pay() {
    this.busy(true);
    this.wrong.textContent = "";
    const back = new URL(this.dataset.return, location.href).href;
    if (!(await this.remember())) {
      this.box.checked = false;
      this.wrong.textContent = this.dataset.unsaved;
      return this.busy(false);
    }
    const { error } = await this.act(back).catch(() => ({}));
    const here = this.elements && (error?.type === "card_error" || error?.type === "validation_error");
    if (!here) return location.assign(back);
    this.wrong.textContent = error.message;
    this.busy(false);
  }

  busy(on) {
    this.button.disabled = on;
    this.button.ariaBusy = on ? "true" : null;
  }
}
customElements.define("o-pay", Pay);
