// <form data-swap="#cart #cart-link"> and <a data-swap> are sent in the
// background: the server answers with the whole page as ever, and only the named
// parts are taken from it. Where that does not work out, the browser does what
// it would have done.
export async function swap(url, targets, options = {}) {
  const answer = await fetch(url, { ...options, headers: { Accept: "text/html", ...options.headers } });
  // The theme is here already, and under this page's nonce the other's would be refused.
  const text = (await answer.text()).replace(/<style[^>]*>[^<]*<\/style>/g, "");
  const page = new DOMParser().parseFromString(text, "text/html");
  const parts = targets.split(" ").map((t) => [document.querySelector(t), page.querySelector(t)]);
  if (!answer.ok && parts.some(([, fresh]) => fresh?.closest("dialog"))) throw new Error(answer.statusText); // an empty drawer is no answer
  if (parts.some(([, fresh]) => !fresh)) {
    location.assign(answer.url);
    return;
  }
  const flashes = page.querySelectorAll("#flashes > *");
  const act = () => {
    const focus = document.activeElement?.id || document.activeElement?.name;
    for (const [old, fresh] of parts) old?.replaceWith(document.adoptNode(fresh));
    document.querySelector("#flashes")?.append(...flashes);
    if (focus && document.activeElement === document.body) {
      (document.getElementById(focus) ?? document.querySelector(`[name="${CSS.escape(focus)}"]:checked, [name="${CSS.escape(focus)}"]`))?.focus({ preventScroll: true });
    }
    const aside = parts.some(([, fresh]) => fresh.closest("dialog"));
    if (page.title && !aside) document.title = page.title;
    document.dispatchEvent(new CustomEvent("swapped", { detail: { targets, flashes: [...flashes] } }));
  };
  document.startViewTransition && !matchMedia("(prefers-reduced-motion: reduce)").matches ? document.startViewTransition(act) : act();
  return answer;
}

document.addEventListener("submit", (e) => {
  const form = e.target;
  const targets = form.dataset.swap;
  if (!targets || e.defaultPrevented) return;
  e.preventDefault();
  const by = e.submitter;
  const data = new FormData(form, by);
  const url = new URL(by?.hasAttribute("formaction") ? by.formAction : form.action); // without the attribute a button says the page's address
  const method = (by?.formMethod || form.method || "get").toLowerCase();
  form.ariaBusy = "true";
  const body = new URLSearchParams(data);
  const sent = method === "get" ? swap(withQuery(url, body), targets) : swap(url, targets, { method, body });
  sent.catch(() => form.submit()).finally(() => (form.ariaBusy = null));
  if (method === "get") sent.then(() => history.replaceState(null, "", withQuery(url, body)));
});

document.addEventListener("click", (e) => {
  const link = e.target.closest("a[data-swap]");
  if (!link || e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
  e.preventDefault();
  swap(link.href, link.dataset.swap)
    .then(() => history.replaceState(null, "", link.href))
    .catch(() => location.assign(link.href));
});

// <div data-refresh="#sums" data-step="delivery">: a choice made in it is sent
// with the rest of the form as that step, and the named parts are drawn anew.
document.addEventListener("change", (e) => {
  const part = e.target.closest("[data-refresh]");
  if (!part) return;
  const body = new URLSearchParams(new FormData(e.target.form));
  body.set("step", part.dataset.step);
  swap(e.target.form.action, part.dataset.refresh, { method: "post", body }).catch(() => {});
});

function withQuery(url, params) {
  const to = new URL(url);
  to.search = params.toString();
  return to;
}
