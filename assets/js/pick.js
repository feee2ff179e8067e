// pick shows a part of a page with things to choose from in a dialog, in which a form
// searches and links lead on. It tells what was chosen, "" when nothing was, and the
// address of a small picture of it.
export async function pick(from, told) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog is-large";
  let chosen = "";
  let seen = "";
  const load = async (to) => {
    const answer = await fetch(to, { headers: { "Orion-Part": "true" } });
    if (!answer.ok) return dialog.close();
    dialog.innerHTML = await answer.text();
    dialog.setAttribute("aria-labelledby", dialog.querySelector("h2")?.id ?? "");
    dialog.querySelector("input[type=search]")?.focus();
  };
  dialog.addEventListener("submit", (e) => {
    if (e.target.method === "dialog") return;
    e.preventDefault();
    load(`${e.target.action}?${new URLSearchParams(new FormData(e.target))}`);
  });
  dialog.addEventListener("click", (e) => {
    const tile = e.target.closest("[data-picture]");
    const link = e.target.closest("a[href]");
    if (tile) {
      chosen = tile.dataset.picture;
      seen = tile.querySelector("img")?.currentSrc ?? "";
      dialog.close();
    } else if (link) {
      e.preventDefault();
      load(link.href);
    }
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    told(chosen, seen);
  });
  document.body.append(dialog);
  dialog.showModal();
  await load(from);
}
