// back leads to a page that is not here any more, unless only the place on it
// was left.
const back = () => location.pathname + location.search !== at && location.reload();
let at;

// show puts a page that was fetched in the place of this one. Where it needs
// scripts that are not here, the browser goes there itself.
export function show(text, url) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = page.querySelector("main");
  const here = new Set([...document.scripts].map((s) => s.src));
  const foreign = [...page.scripts].some((s) => s.src && !here.has(new URL(s.getAttribute("src"), location.href).href));
  if (!main || !document.querySelector("main") || foreign) return location.assign(url);
  document.querySelector("main").replaceWith(document.adoptNode(main));
  document.querySelector("#flashes")?.replaceChildren(...(page.querySelector("#flashes")?.childNodes ?? []));
  if (url !== location.href) {
    history.pushState(null, "", url);
    at = location.pathname + location.search;
    addEventListener("popstate", back);
  }
  document.title = page.title;
  document.dispatchEvent(new CustomEvent("orion:shown"));
  scrollTo(0, 0);
}
