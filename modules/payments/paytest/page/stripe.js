// A script that is called as Stripe.js is, of the double of Stripe that serves it.
// It knows the payment element and how to confirm; no money moves.
(() => {
  const origin = new URL(document.currentScript.src).origin;
  const folder = new URL(".", document.currentScript.src);
  let asked = 0;

  class PaymentElement {
    #heard = { ready: [], change: [], loaderror: [] };
    #waiting = new Map();

    constructor(key, options) {
      this.key = key;
      this.options = options;
    }

    on(what, tell) {
      this.#heard[what]?.push(tell);
      return this;
    }

    mount(where) {
      const at = typeof where === "string" ? document.querySelector(where) : where;
      if (!at) throw new Error("There is nothing to mount the element on.");
      const frame = document.createElement("iframe");
      const src = new URL("frame.html", folder);
      src.hash = new URLSearchParams({
        key: this.key,
        secret: this.options.clientSecret,
        locale: this.options.locale ?? "auto",
        look: JSON.stringify(this.options.appearance?.variables ?? {}),
      });
      frame.src = src;
      frame.title = "Secure payment input frame";
      Object.assign(frame.style, { display: "block", width: "100%", height: "240px", border: "0", colorScheme: "light" });
      addEventListener("message", (e) => {
        if (e.source === frame.contentWindow && e.origin === origin) this.#hear(e.data);
      });
      at.replaceChildren(frame);
      this.frame = frame;
    }

    focus() {
      this.ask("focus");
    }

    #hear(told) {
      if (told.height) this.frame.style.height = told.height + "px";
      if (told.event) for (const tell of this.#heard[told.event] ?? []) tell(told.detail);
      if (told.answer) {
        this.#waiting.get(told.answer)?.(told.detail);
        this.#waiting.delete(told.answer);
      }
    }

    ask(what, detail = {}) {
      const id = ++asked;
      return new Promise((done) => {
        this.#waiting.set(id, done);
        this.frame.contentWindow.postMessage({ ...detail, ask: what, id }, origin);
      });
    }
  }

  class Elements {
    constructor(key, options) {
      this.key = key;
      this.options = options;
    }

    create(kind, options) {
      if (kind !== "payment") throw new Error(`This double draws no ${kind} element.`);
      this.payment = new PaymentElement(this.key, { ...this.options, ...options });
      return this.payment;
    }

    getElement(kind) {
      return kind === "payment" ? (this.payment ?? null) : null;
    }

    submit() {
      return this.payment.ask("submit");
    }
  }

  // leads on as the intent says: to the bank that asks, or back.
  const follow = (intent, back) => {
    const to = new URL(intent.next_action?.redirect_to_url?.url ?? back);
    if (!intent.next_action) {
      to.searchParams.set("payment_intent", intent.id);
      to.searchParams.set("payment_intent_client_secret", intent.client_secret);
      to.searchParams.set("redirect_status", "succeeded");
    }
    location.assign(to);
    return new Promise(() => {}); // the page goes
  };

  window.Stripe = (key) => ({
    elements: (options) => new Elements(key, options),
    async confirmPayment({ elements, confirmParams, redirect }) {
      const back = confirmParams?.return_url;
      if (!back) throw new Error("confirmPayment needs a return_url.");
      const { error, intent } = await elements.payment.ask("confirm", { back });
      if (error) return { error };
      if (redirect === "if_required" && !intent.next_action) return { paymentIntent: intent };
      return follow(intent, back);
    },
  });
})();
