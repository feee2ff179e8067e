// <o-rows>: a list by keyboard (j, k, x, enter) and many rows at once.
class Rows extends HTMLElement {
  connectedCallback() {
    this.all = this.querySelector("[data-all]");
    this.bar = this.querySelector(".bulk");
    this.at = -1;
    this.addEventListener("change", (e) => this.changed(e.target));
    this.keys = (e) => this.key(e);
    document.addEventListener("keydown", this.keys);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.keys);
  }

  get rows() {
    return [...this.querySelectorAll("tbody tr")];
  }

  get boxes() {
    return [...this.querySelectorAll('tbody input[name="id"]')];
  }

  changed(target) {
    if (target === this.all) for (const box of this.boxes) box.checked = this.all.checked;
    const n = this.boxes.filter((b) => b.checked).length;
    if (this.all) {
      this.all.checked = n > 0 && n === this.boxes.length;
      this.all.indeterminate = n > 0 && n < this.boxes.length;
    }
    if (!this.bar) return;
    this.bar.hidden = n === 0;
    const count = this.bar.querySelector(".bulk-count");
    count.textContent = n === 1 ? count.dataset.one : count.dataset.other.replace("2", n);
  }

  key(e) {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]")) return;
    const rows = this.rows;
    const step = { j: 1, k: -1 }[e.key];
    if (step && rows.length) {
      rows[this.at]?.classList.remove("is-at");
      this.at = Math.min(Math.max(this.at + step, 0), rows.length - 1);
      rows[this.at].classList.add("is-at");
      rows[this.at].scrollIntoView({ block: "nearest" });
    } else if (e.key === "x" && rows[this.at]) {
      rows[this.at].querySelector('input[name="id"]')?.click();
    } else if (e.key === "Enter" && rows[this.at] && !e.target.closest("a, button, summary")) {
      rows[this.at].querySelector(".row-link")?.click();
    }
  }
}
customElements.define("o-rows", Rows);

// "/" goes to the search field of the list.
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector(`[data-key="${CSS.escape(e.key)}"]`);
  if (!field) return;
  e.preventDefault();
  field.focus();
  field.select();
});
