// The palette (Ctrl-K): goes to what the menu has, and to what the search
// answers. The search answers JSON on request: [{label, href, detail}].
const palette = document.getElementById("palette");
const list = palette?.querySelector("ul");
const input = palette?.querySelector("input");
let at = 0;
let asked;

// menu is where the menu leads, and what can be done on this page. What can be
// done from anywhere is found by the search.
function menu() {
  const acts = document.querySelectorAll(".page-header .buttons :is(a, button):not([disabled]), .page-header .menu-list :is(a, button)");
  return [...document.querySelectorAll(".side-item"), ...acts]
    .map((e) => ({
      label: (e.querySelector(".side-label, span")?.textContent || e.textContent).trim() || e.ariaLabel || "",
      href: e.href ?? "#",
      press: e.href ? null : e,
      icon: e.querySelector(".i")?.cloneNode(true),
    }))
    .filter((e) => e.label);
}

const said = palette?.querySelector("[role=status]");

function draw(entries) {
  list.replaceChildren(
    ...entries.slice(0, 12).map((entry, i) => {
      const a = document.createElement("a");
      a.href = entry.href;
      if (entry.press)
        a.addEventListener("click", (e) => {
          e.preventDefault();
          palette.close();
          entry.press.click();
        });
      a.tabIndex = -1;
      if (entry.icon) a.append(entry.icon);
      a.append(entry.label);
      if (entry.detail) a.append(Object.assign(document.createElement("small"), { textContent: entry.detail }));
      const li = document.createElement("li");
      li.role = "none";
      a.role = "option";
      a.id = `palette-${i}`;
      li.append(a);
      return li;
    }),
  );
  palette.querySelector(".palette-none").hidden = entries.length > 0;
  const n = Math.min(entries.length, 12);
  said.textContent = n === 1 ? said.dataset.one : said.dataset.other.replace("2", n);
  mark(0);
}

function mark(i) {
  const items = [...list.querySelectorAll("a")];
  at = Math.min(Math.max(i, 0), Math.max(items.length - 1, 0));
  items.forEach((a, n) => (a.ariaSelected = String(n === at)));
  input.setAttribute("aria-activedescendant", items[at]?.id ?? "");
  items[at]?.scrollIntoView({ block: "nearest" });
}

const plain = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

async function look() {
  const words = plain(input.value).split(/\s+/).filter(Boolean);
  const here = menu().filter((m) => words.every((w) => plain(m.label).includes(w)));
  draw(here);
  const query = input.value.trim();
  if (query.length < 2 || !palette.dataset.search) return;
  clearTimeout(asked);
  asked = setTimeout(async () => {
    const url = new URL(palette.dataset.search, location.href);
    url.searchParams.set("q", query);
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || !answer.headers.get("Content-Type")?.includes("json") || input.value.trim() !== query) return;
    const found = await answer.json();
    if (input.value.trim() !== query) return;
    const known = new Set(here.filter((h) => !h.press).map((h) => new URL(h.href, location.href).pathname));
    const more = found.filter((f) => /^(\/|https?:)/.test(f.href) && !known.has(new URL(f.href, location.href).pathname));
    const all = new URL(palette.dataset.search, location.href);
    all.searchParams.set("q", query);
    draw([...here.slice(0, 5), ...more.slice(0, 6), { label: palette.dataset.all.replace("%s", query), href: all.href }]);
  }, 150);
}

function show(text = "") {
  input.value = text;
  if (!palette.open) palette.showModal();
  look();
}

if (palette) {
  document.addEventListener("keydown", (e) => {
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "k" && !e.defaultPrevented) {
      e.preventDefault();
      show();
    }
  });
  document.querySelector("[data-palette]")?.addEventListener("pointerdown", (e) => {
    e.preventDefault();
    show();
  });
  input.addEventListener("input", look);
  palette.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      mark(at + (e.key === "ArrowDown" ? 1 : -1));
    } else if (e.key === "Enter") {
      e.preventDefault();
      list.querySelectorAll("a")[at]?.click();
    } else if (e.key === "Escape") {
      e.preventDefault(); // a search field would only be emptied
      palette.close();
    }
  });
}
