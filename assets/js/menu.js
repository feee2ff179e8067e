// Menus are <details>: they work without this. With it, one is open at a time,
// and Escape or a click elsewhere closes it.
const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (e) => {
  for (const menu of open()) if (!menu.contains(e.target)) menu.open = false;
});

document.addEventListener("keydown", (e) => {
  if (e.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});
