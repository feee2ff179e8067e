// <o-translations> shows the first language and a chosen one beside each other,
// and counts what is not translated yet.
class Translations extends HTMLElement {
  connectedCallback() {
    this.texts = [...this.querySelectorAll("[data-lang]")];
    this.buttons = [...this.querySelectorAll("[data-into]")];
    if (this.buttons.length === 0) return;
    this.from = this.texts[0]?.dataset.lang;
    this.querySelector(".translations-langs").hidden = false;
    this.classList.add("is-on");
    for (const b of this.buttons) b.addEventListener("click", () => this.into(b.dataset.into));
    for (const type of ["input", "change"]) this.addEventListener(type, () => this.count());
    // A link to a field with an error may lead to one that is not shown.
    this.invalid = (e) => this.contains(e.target) && this.reveal(e.target);
    this.addEventListener("invalid", this.invalid, true);
    this.hash = () => {
      const field = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
      if (field && this.contains(field)) {
        this.reveal(field);
        field.focus();
      }
    };
    addEventListener("hashchange", this.hash);
    const wrong = this.texts.find((t) => t.dataset.lang !== this.from && t.querySelector('[aria-invalid="true"]'));
    const kept = sessionStorage.getItem("translate-into");
    this.into(wrong?.dataset.lang ?? (this.buttons.some((b) => b.dataset.into === kept) ? kept : this.buttons[0].dataset.into));
    this.count();
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this.hash);
  }

  reveal(field) {
    const lang = field.closest("[data-lang]")?.dataset.lang;
    if (lang && lang !== this.from) this.into(lang);
  }

  into(lang) {
    sessionStorage.setItem("translate-into", lang);
    for (const b of this.buttons) b.ariaPressed = String(b.dataset.into === lang);
    for (const t of this.texts) t.hidden = t.dataset.lang !== this.from && t.dataset.lang !== lang;
  }

  count() {
    const filled = (t) => (t.querySelector("input[name], textarea[name]")?.value.replace(/<[^>]*>/g, "").trim() ?? "") !== "";
    for (const b of this.buttons) {
      let n = 0;
      for (const row of this.querySelectorAll(".translation")) {
        const [first, other] = [this.from, b.dataset.into].map((l) => row.querySelector(`[data-lang="${l}"]`));
        if (filled(first) && !filled(other)) n++;
      }
      const gap = b.querySelector(".translations-gap");
      gap.hidden = n === 0;
      gap.textContent = this.dataset.missing.replace("{n}", n);
    }
  }
}
customElements.define("o-translations", Translations);
