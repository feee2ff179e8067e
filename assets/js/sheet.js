// <o-sheet>: fields in a grid that are filled like those of a spreadsheet. The
// arrow keys and Enter move, Shift selects, Ctrl-D fills down, Escape takes back
// what was typed in a cell, and rows and columns are copied and pasted.
const ticked = /^(1|x|true|yes|on|oui|ja|jo)$/i;

// was is what a cell held when the page came.
const was = (cell) => {
  if (cell.type === "checkbox") return String(cell.defaultChecked);
  if (cell.options) return ([...cell.options].find((o) => o.defaultSelected) ?? cell.options[0]).value;
  return cell.defaultValue;
};

class Sheet extends HTMLElement {
  connectedCallback() {
    this.bar = this.querySelector(".sheet-bar");
    this.note = this.querySelector(".sheet-note");
    this.bar.hidden = false;
    this.picked = new Set();
    const body = this.querySelector("tbody");
    body.addEventListener("keydown", (e) => this.key(e));
    body.addEventListener("input", (e) => this.mark(e.target));
    body.addEventListener("paste", (e) => this.paste(e));
    body.addEventListener("copy", (e) => this.copy(e));
    body.addEventListener("mousedown", (e) => this.press(e));
    body.addEventListener("focusin", (e) => this.focused(e.target));
    this.bar.addEventListener("change", (e) => e.target.matches("[data-filter]") && this.filter());
    this.bar.addEventListener("keydown", (e) => {
      if (e.key !== "Enter" || !e.target.matches("[data-value]")) return;
      e.preventDefault();
      this.setAll();
    });
    this.querySelector("[data-set]").addEventListener("click", () => this.setAll());
    this.querySelector("[data-fill]").addEventListener("click", () => this.fill());
  }

  // grid is the cells that are to be seen, by row and column.
  get grid() {
    return [...this.querySelectorAll("tbody tr:not([hidden])")].map((tr) => [...tr.cells].slice(1).map((td) => td.querySelector(".cell")));
  }

  place(cell, grid = this.grid) {
    for (const [r, row] of grid.entries()) {
      const c = row.indexOf(cell);
      if (c >= 0) return [r, c];
    }
    return null;
  }

  key(e) {
    const cell = e.target.closest(".cell");
    if (!cell || e.isComposing) return;
    if (this.at !== cell) this.focused(cell);
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "d") {
      e.preventDefault();
      this.fill();
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "Escape") {
      this.put(cell, was(cell));
      this.told();
      return;
    }
    if (e.key === "Delete" && this.picked.size > 1) {
      e.preventDefault();
      for (const c of this.picked) this.put(c, "");
      this.told();
      return;
    }
    const text = cell.matches("input:not([type=checkbox])");
    const edge = (end) => !text || (cell.selectionStart === cell.selectionEnd ? cell.selectionStart === end : cell.selectionEnd - cell.selectionStart === cell.value.length);
    const step = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      Enter: [e.shiftKey ? -1 : 1, 0],
      ArrowLeft: !e.shiftKey && edge(0) && [0, -1],
      ArrowRight: !e.shiftKey && edge(cell.value.length) && [0, 1],
    }[e.key];
    if (!step || (cell.options && /^Arrow(Up|Down)$/.test(e.key))) return;
    e.preventDefault();
    const grid = this.grid;
    const [r, c] = this.place(cell, grid);
    const to = grid[r + step[0]]?.[c + step[1]];
    if (to) this.go(to, e.shiftKey && e.key !== "Enter");
  }

  go(cell, stretch) {
    this.stretching = stretch;
    if (stretch) this.anchor ??= document.activeElement;
    cell.focus();
    cell.select?.();
    this.stretching = false;
  }

  press(e) {
    const cell = e.target.closest("td")?.querySelector(".cell");
    if (!cell || !e.shiftKey || !this.at) return;
    e.preventDefault();
    this.go(cell, true);
  }

  focused(cell) {
    if (!cell.matches(".cell")) return;
    if (!this.stretching) this.anchor = cell;
    this.at = cell;
    this.pick();
  }

  // pick marks the cells between where selecting began and where it is.
  pick() {
    const grid = this.grid;
    const [a, b] = [this.place(this.anchor, grid), this.place(this.at, grid)];
    for (const c of this.picked) c.parentElement.classList.remove("is-picked");
    this.picked.clear();
    if (!a || !b) return;
    for (let r = Math.min(a[0], b[0]); r <= Math.max(a[0], b[0]); r++) {
      for (let c = Math.min(a[1], b[1]); c <= Math.max(a[1], b[1]); c++) if (grid[r][c]) this.picked.add(grid[r][c]);
    }
    if (this.picked.size > 1) for (const c of this.picked) c.parentElement.classList.add("is-picked");
  }

  // fill gives the cells below the first of the selection its value; without a
  // selection, all below the cell.
  fill() {
    const grid = this.grid;
    const from = this.at && this.place(this.at, grid);
    if (!from) return;
    if (this.picked.size > 1) {
      const first = new Map();
      for (const cell of this.picked) {
        const c = this.place(cell, grid)[1];
        if (first.has(c)) this.put(cell, this.value(first.get(c)));
        else first.set(c, cell);
      }
    } else {
      for (const row of grid.slice(from[0] + 1)) if (row[from[1]]) this.put(row[from[1]], this.value(this.at));
    }
    this.told();
  }

  setAll() {
    const c = Number(this.querySelector("[data-column]").value);
    const value = this.querySelector("[data-value]").value;
    for (const row of this.grid) if (row[c]) this.put(row[c], value);
    this.told();
  }

  filter() {
    const wanted = [...this.bar.querySelectorAll("[data-filter]")].map((s) => [`f${s.dataset.filter}`, s.value]);
    for (const tr of this.querySelectorAll("tbody tr")) tr.hidden = wanted.some(([key, v]) => v !== "" && tr.dataset[key] !== v);
  }

  copy(e) {
    if (this.picked.size < 2) return;
    const lines = this.grid.map((row) => row.filter((c) => this.picked.has(c)).map((c) => this.value(c))).filter((l) => l.length);
    e.clipboardData.setData("text/plain", lines.map((l) => l.join("\t")).join("\n"));
    e.preventDefault();
  }

  paste(e) {
    if (this.at !== e.target) this.focused(e.target);
    const text = e.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!/[\n\t]/.test(text) && this.picked.size < 2) return;
    e.preventDefault();
    const lines = text.split("\n").map((l) => l.split("\t"));
    if (lines.length === 1 && lines[0].length === 1) {
      for (const c of this.picked) this.put(c, text);
    } else {
      const grid = this.grid;
      const a = this.place(this.anchor, grid);
      const b = this.place(this.at, grid);
      const [top, left] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
      for (const [r, line] of lines.entries()) {
        for (const [c, value] of line.entries()) {
          const cell = grid[top + r]?.[left + c];
          if (cell) this.put(cell, value.trim());
        }
      }
    }
    this.told();
  }

  value(cell) {
    return cell.type === "checkbox" ? String(cell.checked) : cell.value;
  }

  put(cell, value) {
    if (cell.type === "checkbox") cell.checked = ticked.test(value);
    else if (cell.options) cell.value = [...cell.options].find((o) => [o.value, o.label].some((v) => v.toLowerCase() === value.toLowerCase()))?.value ?? cell.value;
    else cell.value = value;
    this.mark(cell);
  }

  // told lets the form know once, however many cells were changed.
  told() {
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  mark(cell) {
    if (!cell.matches(".cell")) return;
    cell.parentElement.classList.toggle("is-changed", this.value(cell) !== was(cell));
    const n = this.querySelectorAll("td.is-changed").length;
    this.note.textContent = n === 0 ? "" : this.dataset.changed.replace("{n}", n);
  }
}
customElements.define("o-sheet", Sheet);
