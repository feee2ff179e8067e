// <o-drop> takes files that are dropped on it, names them, and shows how much
// of them has been sent when its form goes.
import { show } from "./visit.js";

const size = (bytes) => new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: bytes < 1e6 ? "kilobyte" : "megabyte", maximumFractionDigits: 1 }).format(bytes / (bytes < 1e6 ? 1e3 : 1e6));

class Drop extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.names = this.querySelector(".drop-files");
    this.bar = this.querySelector("progress");
    this.classList.add("is-on");
    this.input.addEventListener("change", () => this.draw());
    for (const type of ["dragenter", "dragover"]) this.addEventListener(type, () => this.classList.add("is-over"));
    for (const type of ["dragleave", "drop"]) this.addEventListener(type, () => this.classList.remove("is-over"));
    this.sending = (e) => this.send(e);
    this.form = this.input.form;
    if ("paste" in this.dataset) document.addEventListener("paste", (this.pasted = (e) => this.paste(e)));
    this.form?.addEventListener("submit", this.sending);
  }

  disconnectedCallback() {
    this.form?.removeEventListener("submit", this.sending);
    if (this.pasted) document.removeEventListener("paste", this.pasted);
  }

  // paste takes files from the clipboard, unless they are meant for a field.
  paste(e) {
    const files = [...e.clipboardData.files];
    if (!files.length || e.target.closest?.("input, textarea, [contenteditable]")) return;
    e.preventDefault();
    const all = new DataTransfer();
    for (const file of this.input.multiple ? [...this.input.files, ...files] : files.slice(0, 1)) all.items.add(file);
    this.input.files = all.files;
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  draw() {
    this.names.replaceChildren(
      ...[...this.input.files].map((file, i) => {
        const li = Object.assign(document.createElement("li"), { textContent: file.name });
        const x = Object.assign(document.createElement("button"), { type: "button", textContent: "×", ariaLabel: `${this.dataset.remove} ${file.name}` });
        x.addEventListener("click", () => this.without(i));
        li.append(Object.assign(document.createElement("small"), { textContent: size(file.size) }), x);
        return li;
      }),
    );
  }

  without(i) {
    const kept = new DataTransfer();
    [...this.input.files].forEach((file, n) => n !== i && kept.items.add(file));
    this.input.files = kept.files;
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.input.focus();
  }

  send(e) {
    if (e.defaultPrevented || !this.input.files.length || this.form.dataset.swap) return;
    e.preventDefault();
    if (this.form.ariaBusy === "true") return;
    const ask = new XMLHttpRequest();
    ask.open("post", e.submitter?.formAction || this.form.action);
    ask.setRequestHeader("Accept", "text/html");
    this.bar.hidden = false;
    ask.upload.addEventListener("progress", (p) => {
      this.bar.value = Math.round((p.loaded / p.total) * 100);
      this.bar.textContent = this.dataset.sent.replace("{n}", this.bar.value);
    });
    ask.addEventListener("load", () => show(ask.responseText, ask.responseURL));
    ask.addEventListener("error", () => this.failed());
    ask.send(new FormData(this.form, e.submitter));
  }

  failed() {
    this.bar.hidden = true;
    this.form.ariaBusy = null;
    this.names.replaceChildren(Object.assign(document.createElement("li"), { className: "drop-failed", textContent: this.dataset.failed }));
  }
}
customElements.define("o-drop", Drop);
