// Who puts the announcement away stays where they are; without this the page comes
// anew without it.
document.addEventListener("submit", async (e) => {
  const bar = e.target.closest(".announcement");
  if (!bar) return;
  e.preventDefault();
  const answer = await fetch(e.target.action, { method: "post", body: new URLSearchParams(new FormData(e.target)) }).catch(() => null);
  if (!answer?.ok) return e.target.submit();
  bar.remove();
  document.querySelector("#main")?.focus({ preventScroll: true });
});
