// What follows a field of its form shows what is typed there.
document.addEventListener("input", (e) => {
  if (!e.target.form || !e.target.name) return;
  for (const el of e.target.form.querySelectorAll(`[data-follows="${CSS.escape(e.target.name)}"]`)) el.textContent = e.target.value;
});
