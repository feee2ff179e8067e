// <o-tree>: the arrow keys walk through the branches that are open.
class Tree extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (e) => this.key(e));
  }

  // stops are what can have the focus, one for each thing that is to be seen.
  get stops() {
    return [...this.querySelectorAll("li")]
      .filter((li) => !li.parentElement.closest("details:not([open])"))
      .map((li) => li.querySelector(":scope > .tree-row > a") ?? li.querySelector(":scope > details > summary"))
      .filter(Boolean);
  }

  key(e) {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest(".menu")) return;
    const stops = this.stops;
    const li = e.target.closest("li");
    const i = stops.findIndex((s) => s.closest("li") === li);
    const below = li?.querySelector(":scope > details");
    const to = {
      ArrowDown: () => stops[i + 1],
      ArrowUp: () => stops[i - 1],
      Home: () => stops[0],
      End: () => stops.at(-1),
      ArrowRight: () => (below && !below.open ? ((below.open = true), stops[i]) : below ? stops[i + 1] : null),
      ArrowLeft: () => {
        if (below?.open) {
          below.open = false;
          return stops[i];
        }
        const up = li?.parentElement.closest("li");
        return up && stops.find((s) => s.closest("li") === up);
      },
    }[e.key];
    if (!to) return;
    e.preventDefault();
    to()?.focus();
  }
}
customElements.define("o-tree", Tree);
