// <o-suggest data-src="/search/suggest"> offers what a search may be after while
// somebody types. Its field is a combobox: the arrows walk, Enter goes to the
// marked one or searches, Escape closes. Without JavaScript the form searches.
class Suggest extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.box = this.querySelector(".suggest-list");
    this.status = this.querySelector("[role=status]");
    this.at = -1;
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": "suggestions" })) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.ask());
    this.input.addEventListener("keydown", (e) => this.key(e));
    this.addEventListener("submit", (e) => {
      const option = this.options[this.at];
      if (!option) return;
      e.preventDefault();
      location.assign(option.href);
    });
    this.addEventListener("focusout", (e) => this.contains(e.relatedTarget) || this.close());
    this.box.addEventListener("pointerdown", (e) => e.preventDefault()); // the field keeps the focus
  }

  disconnectedCallback() {
    clearTimeout(this.asked);
  }

  get options() {
    return [...this.box.querySelectorAll("[role=option]")];
  }

  ask() {
    clearTimeout(this.asked);
    const typed = this.input.value.trim();
    if (typed.length < 2) return this.close();
    this.asked = setTimeout(async () => {
      const answer = await fetch(`${this.dataset.src}?q=${encodeURIComponent(typed)}`, { headers: { Accept: "text/html" } }).catch(() => null);
      if (!answer?.ok || this.input.value.trim() !== typed) return;
      this.show(new DOMParser().parseFromString(await answer.text(), "text/html").body);
    }, 150);
  }

  show(body) {
    const said = [body.querySelector("p")?.textContent, body.querySelector("[role=listbox]")?.dataset.said];
    this.box.replaceChildren(...body.childNodes);
    const some = this.options.length > 0 && this.contains(document.activeElement);
    this.mark(-1);
    this.box.hidden = !some;
    this.input.ariaExpanded = String(some);
    this.status.textContent = said.filter(Boolean).join(" ");
  }

  close() {
    this.mark(-1);
    this.box.hidden = true;
    this.input.ariaExpanded = "false";
    this.status.textContent = "";
  }

  // mark tells which one Enter would follow; -1 is the field itself.
  mark(i) {
    this.at = i;
    this.options.forEach((o, n) => (o.ariaSelected = String(n === i)));
    const option = this.options[i];
    option ? this.input.setAttribute("aria-activedescendant", option.id) : this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  key(e) {
    const open = !this.box.hidden;
    const n = this.options.length;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (!open) return this.ask();
      const step = e.key === "ArrowDown" ? 1 : -1;
      this.mark(((this.at + 1 + step + n + 1) % (n + 1)) - 1); // the field is one of the places
    } else if (e.key === "Escape" && open) {
      e.preventDefault(); // what was typed stays
      this.close();
    }
  }
}
customElements.define("o-suggest", Suggest);
