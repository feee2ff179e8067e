// <o-sheet>: fields in a grid that are filled like those of a spreadsheet. Arrow
// keys, Tab and Enter move, F2 edits inside a cell, Shift selects, Ctrl-D fills
// down, Escape takes back what was typed in a cell, Ctrl-Z and Ctrl-Y any step, and
// rows and columns are copied and pasted.
import { Past } from "./past.js";
import { parse, write } from "./tsv.js";

const ticked = /^(1|x|true|yes|on|oui|ja|jo)$/i;

// was is what a cell held when the page came.
const was = (cell) => {
  if (cell.dataset.was !== undefined) return cell.dataset.was;
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
    this.past = new Past();
    this.step = []; // what the act at hand has changed: cell, before, after
    const body = this.querySelector("tbody");
    body.addEventListener("keydown", (e) => this.key(e));
    body.addEventListener("keypress", (e) => e.key === "Enter" && e.target.matches(".cell") && e.preventDefault()); // sends no form
    body.addEventListener("input", (e) => {
      this.mark(e.target);
      this.count();
    });
    body.addEventListener("paste", (e) => this.paste(e));
    body.addEventListener("change", () => this.commit());
    body.addEventListener("copy", (e) => this.copy(e));
    body.addEventListener("cut", (e) => this.copy(e) && this.clear());
    body.addEventListener("mousedown", (e) => this.press(e));
    body.addEventListener("mouseover", (e) => this.drag(e));
    body.addEventListener("dblclick", () => this.edit(true));
    body.addEventListener("focusin", (e) => this.focused(e.target));
    body.addEventListener("focusout", () => this.edit(false));
    this.bar.addEventListener("change", (e) => {
      if (e.target.matches("[data-filter]")) this.filter();
      if (e.target.matches("[data-shows]")) this.choose();
    });
    this.bar.addEventListener("keydown", (e) => {
      if (e.key !== "Enter" || !e.target.matches("[data-value]")) return;
      e.preventDefault();
      this.setAll();
    });
    this.querySelector("[data-set]").addEventListener("click", () => this.setAll());
    this.querySelector("[data-fill]").addEventListener("click", () => this.fill());
    this.querySelector("[data-undo]").addEventListener("click", () => this.travel("undo"));
    this.querySelector("[data-redo]").addEventListener("click", () => this.travel("redo"));
    this.recall();
    this.count();
    if (this.dataset.sparse !== undefined) for (const cell of this.querySelectorAll("td .cell")) this.name(cell);
    this.dispatchEvent(new Event("orion:settled", { bubbles: true })); // the save bar remembers what would be sent
  }

  // name lets a cell of a sparse sheet be sent only while it is changed.
  name(cell) {
    if (this.dataset.sparse === undefined) return;
    const changed = cell.parentElement.classList.contains("is-changed");
    for (const field of cell.parentElement.querySelectorAll("[name], [data-name]")) {
      field.dataset.name ??= field.name;
      if (changed) field.name = field.dataset.name;
      else field.removeAttribute("name");
    }
  }

  // grid is the cells that are to be seen, by row and column.
  get grid() {
    return [...this.querySelectorAll("tbody tr:not([hidden])")].map((tr) => [...tr.cells].slice(1).filter((td) => !td.hidden).map((td) => td.querySelector(".cell")));
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
    const ctrl = e.ctrlKey || e.metaKey;
    const act = ctrl ? this.chord(e) : this.act(e, cell);
    if (act) {
      e.preventDefault();
      act();
      return;
    }
    if (e.altKey || (ctrl && !/^(Arrow|Home|End)/.test(e.key)) || (this.editing && e.key !== "Enter")) return;
    const to = this.target(e, cell, ctrl);
    if (!to) return;
    e.preventDefault();
    if (to !== cell) this.go(to, e.shiftKey && e.key !== "Enter");
  }

  // chord is what a key does while Control is held.
  chord(e) {
    const key = e.key.toLowerCase();
    if (key === "d") return () => this.fill();
    if (key === "y" || (key === "z" && e.shiftKey)) return () => this.travel("redo");
    if (key === "z") return () => this.travel("undo");
    return null;
  }

  // act is what a key does to a cell.
  act(e, cell) {
    if (e.altKey) return null;
    if (e.key === "F2") return () => this.edit(!this.editing);
    if (e.key === "Escape") return () => this.back(cell);
    if (e.key === "Delete" && (this.picked.size > 1 || cell.options)) return () => this.clear();
    return null;
  }

  // target is the cell that a key leads to.
  target(e, cell, far) {
    const text = cell.matches("input:not([type=checkbox])");
    const edge = (end) => !text || far || (cell.selectionStart === cell.selectionEnd ? cell.selectionStart === end : cell.selectionEnd - cell.selectionStart === cell.value.length);
    const grid = this.grid;
    if (far && e.key === "Home") return grid.flat().find(Boolean);
    if (far && e.key === "End") return grid.flat().findLast(Boolean);
    const step = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      Enter: [e.shiftKey ? -1 : 1, 0],
      ArrowLeft: edge(0) && [0, -1],
      ArrowRight: edge(cell.value.length) && [0, 1],
    }[e.key];
    const from = step && this.place(cell, grid);
    if (!from) return null;
    let [y, x] = from;
    let to = cell;
    do {
      [y, x] = [y + step[0], x + step[1]];
      if (grid[y]?.[x]) to = grid[y][x]; // else over what a row has not
    } while ((far || to === cell) && y in grid && x in grid[y]);
    return to;
  }

  // edit lets the arrow keys walk inside the cell instead of between cells.
  edit(on) {
    this.editing = on;
    if (!on || !this.at) return;
    if (this.at.options) this.at.showPicker?.();
    else if (this.at.type !== "checkbox") this.at.setSelectionRange(this.at.value.length, this.at.value.length);
  }

  // back takes back what is being typed, else what the cell was changed to.
  back(cell) {
    const typed = this.value(cell) !== this.entered;
    if (typed) this.set(cell, this.entered);
    else this.put(cell, was(cell));
    this.edit(false);
    cell.select?.();
    this.told();
  }

  clear() {
    this.commit();
    for (const c of this.picked.size ? this.picked : [this.at]) this.put(c, "");
    this.told();
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

  // drag selects the cells that the mouse is drawn over.
  drag(e) {
    const cell = e.target.closest("td")?.querySelector(".cell");
    if (e.buttons !== 1 || !cell || !this.at || cell === this.at || this.editing) return;
    this.go(cell, true);
  }

  focused(cell) {
    if (!cell.matches(".cell")) return;
    this.commit();
    if (!this.stretching) this.anchor = cell;
    this.at = cell;
    this.entered = this.value(cell);
    this.pick();
  }

  // commit makes a step of what was typed.
  commit() {
    if (!this.at || this.value(this.at) === this.entered) return;
    this.past.add([[this.at, this.entered, this.value(this.at)]]);
    this.entered = this.value(this.at);
    this.count();
  }

  // travel takes a step back, or makes it again.
  travel(way) {
    this.commit();
    const step = this.past[way]();
    if (!step) return;
    for (const [cell, before, after] of step) this.set(cell, way === "undo" ? before : after);
    const seen = step.map(([cell]) => cell).find((c) => c.offsetParent);
    if (this.at) this.entered = this.value(this.at);
    if (seen) this.go(seen);
    this.told();
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
    this.commit();
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
    this.commit();
    for (const tr of this.querySelectorAll("tbody tr:not([hidden])")) {
      const cell = tr.cells[c + 1].querySelector(".cell");
      if (cell) this.put(cell, value);
    }
    this.told();
  }

  filter() {
    const wanted = [...this.bar.querySelectorAll("[data-filter]")].map((s) => [`f${s.dataset.filter}`, s.value]);
    for (const tr of this.querySelectorAll("tbody tr")) tr.hidden = wanted.some(([key, v]) => v !== "" && tr.dataset[key] !== v);
  }

  // choose shows the columns that are ticked, and remembers them.
  choose() {
    const boxes = [...this.bar.querySelectorAll("[data-shows]")];
    try {
      localStorage.setItem(`sheet-${this.dataset.remember}`, JSON.stringify(boxes.filter((b) => !b.checked).map((b) => b.value)));
    } catch {}
    for (const tr of this.querySelectorAll("tr")) for (const b of boxes) tr.cells[Number(b.dataset.shows) + 1].hidden = !b.checked;
  }

  // recall hides the columns that were not wanted the last time, but for those
  // where something is wrong.
  recall() {
    if (!this.dataset.remember) return;
    let hidden = [];
    try {
      hidden = JSON.parse(localStorage.getItem(`sheet-${this.dataset.remember}`)) ?? [];
    } catch {}
    if (!hidden.length) return;
    const wrong = new Set([...this.querySelectorAll('td:has([aria-invalid="true"], .cell-note)')].map((td) => td.cellIndex - 1));
    for (const b of this.bar.querySelectorAll("[data-shows]")) b.checked = !hidden.includes(b.value) || wrong.has(Number(b.dataset.shows));
    this.choose();
  }

  // copy hands out the chosen cells, and tells whether it did.
  copy(e) {
    const cells = this.picked.size ? this.picked : new Set([this.at]);
    if (cells.size < 2 && this.at?.selectionStart !== this.at?.selectionEnd) return false; // a part of one: the browser's
    const rows = this.grid.map((row) => row.filter((c) => cells.has(c)).map((c) => c.selectedOptions?.[0]?.label ?? this.value(c)));
    e.clipboardData.setData("text/plain", write(rows.filter((r) => r.length)));
    e.preventDefault();
    return true;
  }

  paste(e) {
    if (this.at !== e.target) this.focused(e.target);
    const lines = parse(e.clipboardData.getData("text/plain"));
    const one = lines.length === 1 && lines[0].length === 1;
    if (one && this.picked.size < 2 && (this.editing || !this.at.options)) return;
    e.preventDefault();
    this.commit();
    const grid = this.grid;
    const [a, b] = [this.place(this.anchor, grid), this.place(this.at, grid)];
    const [top, left] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
    // A single row or column fills the whole selection.
    const high = lines.length === 1 ? Math.abs(a[0] - b[0]) + 1 : lines.length;
    const wide = lines.every((l) => l.length === 1) ? Math.abs(a[1] - b[1]) + 1 : 0;
    this.dropped = 0;
    for (let r = 0; r < high; r++) {
      const line = lines[r % lines.length];
      for (let c = 0; c < (wide || line.length); c++) {
        const cell = grid[top + r]?.[left + c];
        if (cell) this.put(cell, line[c % line.length]);
        else if (line[c % line.length]) this.dropped++;
      }
    }
    this.told();
  }

  value(cell) {
    return cell.type === "checkbox" ? String(cell.checked) : cell.value;
  }

  // put gives a cell a value as a part of the act at hand.
  put(cell, value) {
    const before = this.value(cell);
    this.set(cell, value);
    if (this.value(cell) !== before) this.step.push([cell, before, this.value(cell)]);
  }

  set(cell, value) {
    if (cell.type === "checkbox") cell.checked = ticked.test(value);
    else if (cell.options) cell.value = [...cell.options].find((o) => [o.value, o.label].some((v) => v.toLowerCase() === value.toLowerCase()))?.value ?? cell.value;
    else cell.value = value;
    this.mark(cell);
  }

  // told ends an act: it is a step, and the form knows of it once, however many
  // cells were changed.
  told() {
    if (this.step.length) this.past.add(this.step);
    this.step = [];
    if (this.at) this.entered = this.value(this.at);
    this.count();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  mark(cell) {
    if (!cell.matches(".cell")) return;
    cell.parentElement.classList.toggle("is-changed", this.value(cell) !== was(cell));
    this.name(cell);
  }

  count() {
    const n = this.querySelectorAll("td.is-changed").length;
    const notes = [n && this.dataset.changed.replace("{n}", n), this.dropped && this.dataset.dropped.replace("{n}", this.dropped)];
    this.note.textContent = notes.filter(Boolean).join(" · ");
    this.dropped = 0;
    this.querySelector("[data-undo]").disabled = !this.past.done.length;
    this.querySelector("[data-redo]").disabled = !this.past.undone.length;
  }
}
customElements.define("o-sheet", Sheet);
