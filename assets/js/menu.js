// Menus are <details>: they work without this. With it, one is open at a time,
// the arrow keys walk through its entries, and Escape or a click elsewhere
// closes it.
const open = () => document.querySelectorAll("details[data-menu][open]");
const entries = (menu) => [...menu.querySelectorAll(":is(.menu-list, .shop-sub-list) :is(a, button:not(:disabled))")].filter((e) => e.offsetParent);

document.addEventListener("click", (e) => {
  for (const menu of open()) if (!menu.contains(e.target)) menu.open = false;
});

document.addEventListener("keydown", (e) => {
  if (e.key === "Escape") {
    for (const menu of open()) {
      e.preventDefault(); // a dialog around it stays
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
    return;
  }
  const menu = e.target.closest?.("details[data-menu]");
  if (!menu || e.target.closest("input, textarea, select, .combobox")) return;
  const summary = menu.querySelector("summary");
  const all = entries(menu);
  const i = all.indexOf(e.target);
  const to = { ArrowDown: i + 1, ArrowUp: i < 0 ? all.length - 1 : i - 1, Home: 0, End: all.length - 1 }[e.key];
  if (to === undefined) return;
  if (!menu.open) {
    if (e.target !== summary || !e.key.startsWith("Arrow")) return;
    menu.open = true;
    e.preventDefault();
    const fresh = entries(menu);
    fresh.at(e.key === "ArrowUp" ? -1 : 0)?.focus();
    return;
  }
  e.preventDefault();
  all.at(to % Math.max(all.length, 1))?.focus();
});

// Who leaves a menu by the Tab key has no use for it any more.
document.addEventListener("focusin", (e) => {
  for (const menu of open()) if (!menu.contains(e.target)) menu.open = false;
});
