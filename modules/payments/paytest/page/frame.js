// The form for a card, in a frame: what is typed stays here, at the gateway.
const given = new URLSearchParams(location.hash.slice(1));
const secret = given.get("secret") ?? "";
const form = document.forms[0];
const id = secret.split("_secret_")[0];
const about = `/v1/${id.startsWith("seti_") ? "setup" : "payment"}_intents/${encodeURIComponent(id)}`;

const words = {
  en: { number: "Card number", expiry: "Expiry date", cvc: "Security code", number_wrong: "Your card number is not complete.", expiry_wrong: "Your card’s date is over or not complete.", cvc_wrong: "Your card’s security code is not complete.", declined: "Your card was declined.", funds: "There is not enough money on your card.", unknown: "This is none of the test cards.", lost: "The payment service did not answer." },
  fr: { number: "Numéro de carte", expiry: "Date d’expiration", cvc: "Code de sécurité", number_wrong: "Le numéro de votre carte est incomplet.", expiry_wrong: "La date de votre carte est dépassée ou incomplète.", cvc_wrong: "Le code de sécurité de votre carte est incomplet.", declined: "Votre carte a été refusée.", funds: "Il n’y a pas assez d’argent sur votre carte.", unknown: "Ce n’est aucune des cartes de test.", lost: "Le service de paiement n’a pas répondu." },
  de: { number: "Kartennummer", expiry: "Gültig bis", cvc: "Sicherheitscode", number_wrong: "Die Nummer Ihrer Karte ist unvollständig.", expiry_wrong: "Das Datum Ihrer Karte ist abgelaufen oder unvollständig.", cvc_wrong: "Der Sicherheitscode Ihrer Karte ist unvollständig.", declined: "Ihre Karte wurde abgelehnt.", funds: "Auf Ihrer Karte ist nicht genug Geld.", unknown: "Das ist keine der Testkarten.", lost: "Der Zahlungsdienst hat nicht geantwortet." },
};
const lang = given.get("locale") === "auto" ? navigator.language.slice(0, 2) : given.get("locale");
const say = words[lang] ?? words.en;
document.documentElement.lang = words[lang] ? lang : "en";
for (const at of document.querySelectorAll("[data-word]")) at.textContent = say[at.dataset.word];

// The page's colours, as far as they are colours.
const look = { colorText: "--text", colorBackground: "--background", colorPrimary: "--primary", colorDanger: "--danger", borderRadius: "--radius" };
try {
  for (const [name, value] of Object.entries(JSON.parse(given.get("look") ?? "{}"))) {
    if (look[name] && /^(#[0-9a-f]{3,8}|(rgb|oklch|color)a?\([^()]*\)|[\d.]+px)$/i.test(value)) document.documentElement.style.setProperty(look[name], value);
  }
} catch {
  // It looks as it does by itself.
}

const tell = (what) => parent.postMessage(what, "*"); // nothing that is typed is told
new ResizeObserver(() => tell({ height: Math.ceil(document.documentElement.getBoundingClientRect().height) })).observe(document.documentElement);

const digits = (name) => form.elements[name].value.replace(/\D/g, "");
const fine = {
  number: () => digits("number").length >= 14,
  cvc: () => digits("cvc").length >= 3,
  expiry() {
    const month = Number(digits("expiry").slice(0, 2));
    const ends = new Date(2000 + Number(digits("expiry").slice(2, 4)), month, 1);
    return digits("expiry").length === 4 && month >= 1 && month <= 12 && ends > new Date();
  },
};

const show = (name, wrong) => {
  document.getElementById(name + "-error").textContent = wrong;
  form.elements[name].ariaInvalid = wrong ? "true" : "false";
};

// check gives the first thing that is wrong with what was typed.
const check = () => {
  let first = null;
  for (const name of ["number", "expiry", "cvc"]) {
    const wrong = fine[name]() ? "" : say[name + "_wrong"];
    show(name, wrong);
    if (wrong && !first) first = { type: "validation_error", code: "incomplete_" + name, message: wrong };
    if (wrong && first?.message === wrong) form.elements[name].focus();
  }
  return first;
};

const grouped = { number: (d) => d.replace(/(.{4})(?=.)/g, "$1 "), expiry: (d) => (d.length > 2 ? d.slice(0, 2) + " / " + d.slice(2, 4) : d), cvc: (d) => d };
form.addEventListener("input", (e) => {
  const field = e.target;
  if (field.selectionEnd === field.value.length) field.value = grouped[field.name](digits(field.name));
  if (field.ariaInvalid === "true") show(field.name, "");
  tell({ event: "change", detail: { elementType: "payment", complete: fine.number() && fine.expiry() && fine.cvc(), empty: !form.elements.number.value } });
});
form.addEventListener("submit", (e) => e.preventDefault());

// call asks the gateway, as a browser may.
const call = async (method, path, params) => {
  const body = new URLSearchParams(params);
  try {
    const answer = await fetch(method === "GET" ? path + "?" + body : path, {
      method,
      headers: { Authorization: "Bearer " + given.get("key"), ...(given.get("account") ? { "Stripe-Account": given.get("account") } : {}) },
      ...(method === "GET" ? {} : { body }),
    });
    return await answer.json();
  } catch {
    return { error: { type: "api_connection_error", message: say.lost } };
  }
};

const reword = (error) => {
  if (error.code === "incorrect_number") return { ...error, message: say.unknown };
  if (error.decline_code === "insufficient_funds") return { ...error, message: say.funds };
  if (error.type === "card_error") return { ...error, message: say.declined };
  return error;
};

const confirm = async (back) => {
  const wrong = check();
  if (wrong) return { error: wrong };
  const method = await call("POST", "/v1/payment_methods", {
    type: "card",
    "card[number]": digits("number"),
    "card[exp_month]": digits("expiry").slice(0, 2),
    "card[exp_year]": "20" + digits("expiry").slice(2, 4),
    "card[cvc]": digits("cvc"),
  });
  if (method.error) return { error: reword(method.error) };
  const intent = await call("POST", `${about}/confirm`, { client_secret: secret, payment_method: method.id, return_url: back });
  return intent.error ? { error: reword(intent.error) } : { intent };
};

addEventListener("message", async (e) => {
  if (e.source !== parent) return;
  const does = {
    focus: () => void form.elements.number.focus(),
    submit: () => ({ error: check() ?? undefined }),
    confirm: () => confirm(e.data.back),
  }[e.data.ask];
  if (does) e.source.postMessage({ answer: e.data.id, detail: (await does()) ?? {} }, e.origin);
});

call("GET", about, { client_secret: secret }).then((intent) => {
  tell(intent.error ? { event: "loaderror", detail: { elementType: "payment", error: intent.error } } : { event: "ready", detail: { elementType: "payment", intent } });
});
