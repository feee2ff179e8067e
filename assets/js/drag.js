// <o-drag>: things that are put in order by dragging, or with buttons that keep
// the focus. Their places are fields, numbered anew.
class Drag extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ul");
    this.says = this.querySelector("[role=status]");
    for (const hold of this.querySelectorAll(".drag-hold")) hold.hidden = false;
    this.list.addEventListener("click", (e) => this.step(e.target.closest("[data-step]")));
    // Only the part with the buttons starts a drag, so that text can be selected.
    this.list.addEventListener("pointerdown", (e) => {
      const li = e.target.closest("li");
      if (li) li.draggable = Boolean(e.target.closest(".drag-hold, img"));
    });
    this.list.addEventListener("dragstart", (e) => {
      this.held = e.target.closest("li");
      this.held?.classList.add("is-held");
    });
    this.list.addEventListener("dragover", (e) => {
      const over = e.target.closest("li");
      if (!this.held) return;
      e.preventDefault();
      if (!over || over === this.held) return;
      const box = over.getBoundingClientRect();
      this.list.insertBefore(this.held, e.clientY > box.top + box.height / 2 ? over.nextSibling : over);
    });
    this.list.addEventListener("dragend", () => {
      this.held?.classList.remove("is-held");
      if (this.held) this.moved(this.held);
      this.held = null;
    });
  }

  step(button) {
    const li = button?.closest("li");
    const beside = button?.dataset.step === "-1" ? li?.previousElementSibling : li?.nextElementSibling;
    if (!beside) return;
    this.list.insertBefore(li, button.dataset.step === "-1" ? beside : beside.nextSibling);
    button.focus();
    this.moved(li);
  }

  moved(li) {
    const all = [...this.list.children];
    for (const [i, item] of all.entries()) item.querySelector("[data-place]").value = i;
    this.says.textContent = this.dataset.moved.replace("{what}", li.dataset.label).replace("{n}", all.indexOf(li) + 1);
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
customElements.define("o-drag", Drag);
