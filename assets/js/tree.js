// <o-tree>: the arrow keys walk through the branches that are open. With data-move
// branches are put elsewhere by dragging or by Alt and the arrow keys; a form
// tells the server, which answers with the page as it is then.
class Tree extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (e) => (e.altKey ? this.shift(e) : this.key(e)));
    if (this.dataset.move) this.arrange();
  }

  arrange() {
    this.querySelector(".tree-help").hidden = false;
    for (const row of this.querySelectorAll("li[data-key] > .tree-row")) row.draggable = true;
    this.addEventListener("dragstart", (e) => {
      this.held = e.target.closest("li");
      this.held.classList.add("is-held");
      e.dataTransfer.effectAllowed = "move";
      e.dataTransfer.setData("text/plain", this.held.querySelector(".tree-row").innerText);
    });
    this.addEventListener("dragover", (e) => {
      this.aim(e);
      if (this.over) e.preventDefault();
    });
    this.addEventListener("drop", (e) => {
      if (!this.over) return;
      e.preventDefault();
      this.put(this.held, this.over, this.where);
    });
    this.addEventListener("dragend", () => {
      this.held?.classList.remove("is-held");
      this.held = null;
      this.mark(null);
    });
  }

  // aim finds the branch below the pointer, and on which side of it.
  aim(e) {
    const row = e.target.closest(".tree-row");
    const li = row?.parentElement;
    if (!this.held || !li || this.held.contains(li)) return this.mark(null);
    const box = row.getBoundingClientRect();
    const part = (e.clientY - box.top) / box.height;
    return this.mark(li, part < 0.3 ? "before" : part > 0.7 ? "after" : "into");
  }

  mark(li, where = "") {
    delete this.over?.dataset.drop;
    this.over = li;
    this.where = where;
    if (li) li.dataset.drop = where;
  }

  // shift moves the branch that has the focus by a key.
  shift(e) {
    const li = e.target.closest("li[data-key]");
    if (!this.dataset.move || !li || !e.key.startsWith("Arrow")) return;
    e.preventDefault();
    const [above, below, outer] = [li.previousElementSibling, li.nextElementSibling, li.parentElement.closest("li")];
    if (e.key === "ArrowUp" && above) this.put(li, above, "before");
    if (e.key === "ArrowDown" && below) this.put(li, below, "after");
    if (e.key === "ArrowRight" && above) this.put(li, above, "into");
    if (e.key === "ArrowLeft" && outer) this.put(li, outer, "after");
  }

  put(li, beside, where) {
    const form = this.querySelector(".tree-form");
    const next = beside.nextElementSibling === li ? li.nextElementSibling : beside.nextElementSibling;
    form.action = `${this.dataset.move}/${li.dataset.key}/move`;
    form.elements.parent.value = where === "into" ? beside.dataset.key : (beside.parentElement.closest("li")?.dataset.key ?? "");
    form.elements.before.value = { before: beside.dataset.key, after: next?.dataset.key ?? "", into: "" }[where];
    form.requestSubmit();
  }

  // stops are what can have the focus, one for each thing that is to be seen.
  get stops() {
    return [...this.querySelectorAll("li")]
      .filter((li) => !li.parentElement.closest("details:not([open])"))
      .map((li) => li.querySelector(":scope > .tree-row > a") ?? li.querySelector(":scope > details > summary"))
      .filter(Boolean);
  }

  key(e) {
    if (e.ctrlKey || e.metaKey || e.target.closest(".menu")) return;
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
