// <o-combobox> turns its select into a field that finds choices while typing.
// The select stays and is what the form sends.
const plain = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let count = 0;

class Combobox extends HTMLElement {
  connectedCallback() {
    const select = this.querySelector("select");
    if (!select || this.input) return;
    this.select = select;
    this.input = Object.assign(document.createElement("input"), { type: "text", className: "input", id: select.id, autocomplete: "off", required: select.required, disabled: select.disabled });
    this.list = Object.assign(document.createElement("ul"), { className: "combobox-list", id: `combobox-${count++}`, role: "listbox", hidden: true });
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": this.list.id })) this.input.setAttribute(name, value);
    for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) this.input.setAttribute(name, select.getAttribute(name));
    this.input.placeholder = select.options[0]?.value === "" ? select.options[0].text : "";
    this.list.ariaLabel = select.labels[0]?.firstChild.textContent.trim() ?? "";
    select.removeAttribute("id");
    select.required = false;
    select.hidden = true;
    select.before(this.input);
    this.append(this.list);
    this.at = -1;
    this.settle();
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.find());
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("blur", () => this.leave());
    this.input.addEventListener("keydown", (e) => this.key(e));
    this.list.addEventListener("pointerdown", (e) => e.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (e) => {
      const item = e.target.closest("[role=option]");
      if (item) this.take(this.shown[[...this.list.children].indexOf(item)]);
    });
  }

  // settle writes what is chosen into the field.
  settle() {
    const chosen = this.select.selectedOptions[0];
    this.input.value = chosen?.value ? chosen.text : "";
  }

  leave() {
    if (this.input.value.trim() === "" && this.select.options[0]?.value === "") this.choose("");
    this.settle();
    this.close();
  }

  choices(words = []) {
    return [...this.select.options]
      .filter((o) => o.value && !o.disabled && words.every((w) => plain(`${o.text} ${o.dataset.detail ?? ""}`).includes(w)))
      .map((o) => ({ value: o.value, label: o.text, detail: o.dataset.detail }));
  }

  open() {
    if (this.list.hidden) this.draw(this.choices());
  }

  close() {
    this.list.hidden = true;
    this.at = -1;
    this.input.ariaExpanded = "false";
    this.input.removeAttribute("aria-activedescendant");
  }

  find() {
    const query = this.input.value.trim();
    if (!this.dataset.search || query === "") return this.draw(this.choices(plain(query).split(/\s+/).filter(Boolean)), 0);
    clearTimeout(this.asked);
    this.asked = setTimeout(async () => {
      const url = new URL(this.dataset.search, location.href);
      url.searchParams.set("q", query);
      const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
      if (answer?.ok && this.input.value.trim() === query) this.draw(await answer.json(), 0);
    }, 150);
  }

  draw(choices, at = choices.findIndex((c) => c.value === this.select.value)) {
    this.shown = choices.slice(0, 60);
    this.list.replaceChildren(
      ...this.shown.map((c, i) => {
        const li = Object.assign(document.createElement("li"), { role: "option", id: `${this.list.id}-${i}`, textContent: c.label });
        if (c.detail) li.append(Object.assign(document.createElement("small"), { textContent: c.detail }));
        return li;
      }),
    );
    if (this.shown.length === 0) {
      const li = Object.assign(document.createElement("li"), { className: "combobox-none", role: "option", textContent: this.dataset.none });
      li.ariaDisabled = "true";
      this.list.append(li);
    }
    this.list.hidden = false;
    this.input.ariaExpanded = "true";
    this.mark(at);
  }

  mark(i) {
    this.at = this.shown.length ? Math.min(i, this.shown.length - 1) : -1;
    [...this.list.children].forEach((li, n) => (li.ariaSelected = String(n === this.at)));
    const item = this.list.children[this.at];
    item ? this.input.setAttribute("aria-activedescendant", item.id) : this.input.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  take(choice) {
    if (!choice) return;
    if (![...this.select.options].some((o) => o.value === choice.value)) this.select.append(new Option(choice.label, choice.value));
    this.choose(choice.value);
    this.settle();
    this.close();
  }

  choose(value) {
    if (this.select.value === value) return;
    this.select.value = value;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  key(e) {
    const open = !this.list.hidden;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (!open) return this.open();
      const step = e.key === "ArrowDown" ? 1 : -1;
      this.mark((this.at + step + this.shown.length) % Math.max(this.shown.length, 1));
    } else if (e.key === "Enter" && open) {
      e.preventDefault();
      this.take(this.shown[this.at]);
    } else if (e.key === "Escape" && open) {
      e.preventDefault();
      e.stopPropagation(); // a dialog around it stays
      this.settle();
      this.close();
    }
  }
}
customElements.define("o-combobox", Combobox);
