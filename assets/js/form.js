// Small help for forms: questions before acts, dialogs in browsers without
// command buttons, no double sending.
document.addEventListener("submit", (e) => {
  const question = e.submitter?.dataset.confirm;
  if (question && !confirm(question)) {
    e.preventDefault();
    return;
  }
  const form = e.target;
  if (form.method !== "post" || form.dataset.swap) return;
  if (form.ariaBusy === "true") e.preventDefault();
  form.ariaBusy = "true";
});

// A page that comes back from the browser's memory may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.ariaBusy = null;
});

if (!("command" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (e) => {
    const id = e.target.closest("[data-opens]")?.dataset.opens;
    if (id) document.getElementById(id)?.showModal();
  });
}

// A click on the shade closes a dialog.
document.addEventListener("click", (e) => {
  if (e.target instanceof HTMLDialogElement && e.detail > 0) {
    const box = e.target.getBoundingClientRect();
    const inside = e.clientX >= box.left && e.clientX <= box.right && e.clientY >= box.top && e.clientY <= box.bottom;
    if (!inside) e.target.close();
  }
});

// A word that has to be typed before something is destroyed.
document.addEventListener("input", (e) => {
  const want = e.target.dataset?.match;
  if (want) e.target.setCustomValidity(e.target.value === want ? "" : e.target.labels[0]?.textContent.trim() ?? want);
});

export function ready(root = document) {
  for (const dialog of root.querySelectorAll("dialog[data-open]:not([open])")) dialog.showModal();
  root.querySelector("[data-focus]")?.focus();
  for (const input of root.querySelectorAll("[data-match]")) input.dispatchEvent(new Event("input", { bubbles: true }));
}
ready();
