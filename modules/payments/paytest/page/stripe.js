// A script that is called as Stripe.js is, of the double of Stripe that serves it.
// It knows the payment element, how to confirm, and what to do when a bank asks;
// no money moves.
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
        key: this.key.key,
        account: this.key.account,
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

    // The form does not show what of an intent can change.
    async fetchUpdates() {
      return {};
    }
  }

  // leads on as the intent says: to the bank that asks, or back.
  const follow = (intent, back) => {
    const to = new URL(intent.next_action?.redirect_to_url?.url ?? back);
    if (!intent.next_action) {
      to.searchParams.set(intent.object, intent.id);
      to.searchParams.set(intent.object + "_client_secret", intent.client_secret);
      to.searchParams.set("redirect_status", "succeeded");
    }
    location.assign(to);
    return new Promise(() => {}); // the page goes
  };

  const confirm = async (name, { elements, confirmParams, redirect }) => {
    const back = confirmParams?.return_url;
    if (!back) throw new Error("To confirm needs a return_url.");
    const { error, intent } = await elements.payment.ask("confirm", { back });
    if (error) return { error };
    if (redirect === "if_required" && !intent.next_action) return { [name]: intent };
    return follow(intent, back);
  };

  // intentOf is the payment's or the card's intent that a client secret opens. The
  // call goes through a frame of ours: the page may not ask us itself.
  const intentOf = (key, secret) =>
    new Promise((done) => {
      const element = new PaymentElement(key, { clientSecret: secret });
      const away = document.createElement("div");
      away.hidden = true;
      document.body.append(away);
      const end = (answer) => {
        away.remove();
        done(answer);
      };
      element.on("ready", (detail) => end({ intent: detail.intent }));
      element.on("loaderror", (detail) => end({ error: detail.error }));
      element.mount(away);
    });

  // asks shows the bank's question over the page until it is answered.
  const asks = (url) =>
    new Promise((done) => {
      const frame = document.createElement("iframe");
      frame.src = url;
      frame.title = "3D Secure";
      Object.assign(frame.style, { position: "fixed", inset: "0", width: "100%", height: "100%", border: "0", background: "#fff", zIndex: "2147483647", colorScheme: "light" });
      const heard = (e) => {
        if (e.source !== frame.contentWindow || e.origin !== origin || e.data.bank !== "answered") return;
        removeEventListener("message", heard);
        frame.remove();
        done();
      };
      addEventListener("message", heard);
      frame.addEventListener("load", () => frame.focus());
      document.body.append(frame);
    });

  // A key with the account under it, if that is another, goes along as one thing.
  window.Stripe = (publishable, { stripeAccount = "" } = {}, key = { key: publishable, account: stripeAccount }) => ({
    elements: (options) => new Elements(key, options),
    confirmPayment: (options) => confirm("paymentIntent", options),
    confirmSetup: (options) => confirm("setupIntent", options),
    async handleNextAction({ clientSecret }) {
      let { error, intent } = await intentOf(key, clientSecret);
      const next = intent?.next_action;
      if (next?.redirect_to_url) return follow(intent);
      if (next?.use_stripe_sdk) {
        await asks(next.use_stripe_sdk.stripe_js);
        ({ error, intent } = await intentOf(key, clientSecret));
      }
      error ??= intent.last_payment_error ?? intent.last_setup_error;
      return error ? { error } : { [intent.object === "setup_intent" ? "setupIntent" : "paymentIntent"]: intent };
    },
  });
})();
