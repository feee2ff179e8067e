// <o-chart> shows the figures of a step of its drawing, which are in its table, to
// whoever points at it or walks there by the arrow keys.
class Chart extends HTMLElement {
  connectedCallback() {
    const plot = (this.plot = this.querySelector(".chart-plot"));
    this.rows = [...this.querySelectorAll("tbody tr")];
    this.heads = [...this.querySelectorAll("thead th")].slice(1).map((th) => th.textContent.trim());
    this.tip = plot.appendChild(Object.assign(document.createElement("div"), { className: "chart-tip", hidden: true, ariaHidden: "true" }));
    this.mark = plot.appendChild(Object.assign(document.createElement("i"), { className: "chart-mark", hidden: true }));
    plot.role = "slider";
    plot.tabIndex = 0;
    plot.ariaValueMin = "1";
    plot.ariaValueMax = String(this.rows.length);
    plot.ariaOrientation = "horizontal";
    this.say(this.rows.length - 1);
    for (const type of ["pointermove", "pointerdown"]) plot.addEventListener(type, (e) => this.show(this.near(e)));
    plot.addEventListener("pointerleave", () => document.activeElement !== plot && this.hide());
    plot.addEventListener("focus", () => plot.matches(":focus-visible") && this.show(this.at));
    plot.addEventListener("blur", () => this.hide());
    plot.addEventListener("keydown", (e) => this.key(e));
  }

  place(i) {
    const n = this.rows.length;
    return this.dataset.kind === "line" ? (n === 1 ? 0.5 : i / (n - 1)) : (i + 0.5) / n;
  }

  near(e) {
    const box = this.plot.getBoundingClientRect();
    const n = this.rows.length;
    const x = (e.clientX - box.left) / box.width;
    return Math.min(n - 1, Math.max(0, this.dataset.kind === "line" ? Math.round(x * (n - 1)) : Math.floor(x * n)));
  }

  figures(i) {
    return [...this.rows[i].querySelectorAll("td")].map((td, n) => [this.heads[n], td.textContent.trim(), Number(td.dataset.value)]);
  }

  // say is the step in words, for whoever does not see it.
  say(i) {
    this.at = i;
    this.plot.ariaValueNow = String(i + 1);
    this.plot.ariaValueText = [this.rows[i].querySelector("th").textContent.trim(), ...this.figures(i).map(([head, text]) => (head ? `${head}: ${text}` : text))].join(", ");
  }

  show(i) {
    this.say(i);
    const { tip, mark } = this;
    const x = this.place(i);
    const lines = this.figures(i).map(([head, text], n) => {
      const line = Object.assign(document.createElement("span"), { className: `series-${(n % 4) + 1}` });
      if (head) line.append(document.createElement("i"), Object.assign(document.createElement("small"), { textContent: head }));
      line.append(Object.assign(document.createElement("b"), { textContent: text }));
      return line;
    });
    tip.replaceChildren(Object.assign(document.createElement("small"), { textContent: this.rows[i].querySelector("th").textContent.trim() }), ...lines);
    const low = Number(this.dataset.low);
    const high = Number(this.dataset.high);
    mark.replaceChildren(
      ...(this.dataset.kind === "line" ? this.figures(i) : []).map(([, , value], n) => {
        const dot = Object.assign(document.createElement("i"), { className: `series-${(n % 4) + 1}` });
        dot.style.bottom = `${((value - low) / (high - low)) * 100}%`;
        return dot;
      }),
    );
    tip.hidden = mark.hidden = false;
    mark.style.left = `${x * 100}%`;
    tip.style.left = `clamp(0px, calc(${x * 100}% - ${tip.offsetWidth / 2}px), calc(100% - ${tip.offsetWidth}px))`;
  }

  hide() {
    this.tip.hidden = this.mark.hidden = true;
  }

  key(e) {
    const last = this.rows.length - 1;
    if (e.key === "Escape") return this.hide();
    const to = { ArrowRight: Math.min(last, this.at + 1), ArrowUp: Math.min(last, this.at + 1), ArrowLeft: Math.max(0, this.at - 1), ArrowDown: Math.max(0, this.at - 1), Home: 0, End: last }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    e.stopPropagation();
    this.show(to);
  }
}
customElements.define("o-chart", Chart);
