// <o-frame>: a picture in which people point at what matters, and draw around what is
// shown of it. The fields below say the same in hundredths and are what is sent.
class Frame extends HTMLElement {
  connectedCallback() {
    this.stage = this.querySelector(".frame-stage");
    this.dot = this.querySelector(".frame-dot");
    this.cut = this.querySelector(".frame-cut");
    this.fields = Object.fromEntries([...this.querySelectorAll("[data-frame]")].map((f) => [f.dataset.frame, f]));
    this.addEventListener("input", () => this.draw());
    this.draw();
    if (this.fields.x.matches(":disabled")) return;
    this.stage.addEventListener("pointerdown", (e) => this.begin(e));
    this.stage.addEventListener("pointermove", (e) => this.from && this.move(e));
    for (const end of ["pointerup", "pointercancel"]) this.stage.addEventListener(end, (e) => this.end(e));
  }

  value(name) {
    return Math.min(100, Math.max(0, Number(this.fields[name].value) || 0));
  }

  // at is where a pointer is, in hundredths of the picture.
  at(e) {
    const box = this.stage.getBoundingClientRect();
    const part = (n, of) => Math.round(Math.min(1, Math.max(0, n / of)) * 100);
    return { x: part(e.clientX - box.left, box.width), y: part(e.clientY - box.top, box.height) };
  }

  begin(e) {
    e.preventDefault();
    this.from = this.at(e);
    this.stage.setPointerCapture(e.pointerId);
  }

  move(e) {
    const { from } = this;
    const to = this.at(e);
    if (Math.abs(to.x - from.x) < 3 || Math.abs(to.y - from.y) < 3) return;
    this.drawn = true;
    this.set({ left: Math.min(from.x, to.x), top: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) });
  }

  end(e) {
    if (this.from && !this.drawn && e.type === "pointerup") this.set(this.at(e));
    this.from = null;
    this.drawn = false;
  }

  set(values) {
    for (const [name, value] of Object.entries(values)) this.fields[name].value = value;
    this.fields.x.dispatchEvent(new Event("input", { bubbles: true }));
  }

  draw() {
    const hundredths = (name) => `${this.value(name)}%`;
    Object.assign(this.dot.style, { left: hundredths("x"), top: hundredths("y") });
    Object.assign(this.cut.style, { left: hundredths("left"), top: hundredths("top"), width: hundredths("width"), height: hundredths("height") });
    this.cut.hidden = this.value("width") === 100 && this.value("height") === 100;
  }
}
customElements.define("o-frame", Frame);
