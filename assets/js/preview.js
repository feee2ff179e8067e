// <o-preview> shows how a search engine and a shared link will show a page, while
// its fields are typed. The language is the one that is being written.
class Preview extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.hear = (e) => {
      const lang = e.target.closest?.("[data-lang]")?.dataset.lang;
      if (lang) this.of = lang;
      this.draw();
    };
    for (const type of ["input", "focusin"]) this.form.addEventListener(type, this.hear);
    this.of = this.dataset.lang;
    this.draw();
  }

  disconnectedCallback() {
    for (const type of ["input", "focusin"]) this.form.removeEventListener(type, this.hear);
  }

  text(name) {
    const field = (lang) => (this.form.elements[`${name}_${lang}`]?.value ?? "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
    return field(this.of) || field(this.dataset.lang);
  }

  draw() {
    const title = this.text("seo_title") || this.text("title");
    const about = this.text("seo_description") || this.text("summary");
    const slug = this.form.elements.slug?.value || title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    this.show("title", title, Number(this.dataset.maxTitle));
    this.show("about", about, Number(this.dataset.maxAbout));
    for (const part of this.querySelectorAll("[data-slug]")) part.textContent = slug;
    for (const [name, text] of [["title", title], ["about", about]]) {
      const max = Number(name === "title" ? this.dataset.maxTitle : this.dataset.maxAbout);
      const counter = this.querySelector(`[data-count="${name}"]`);
      counter.textContent = `${counter.dataset.label} ${[...text].length} / ${max}`;
      counter.classList.toggle("is-over", [...text].length > max);
    }
  }

  show(name, text, max) {
    const letters = [...text];
    for (const part of this.querySelectorAll(`[data-${name}]`)) part.textContent = letters.length > max ? `${letters.slice(0, max - 1).join("")}…` : text || "–";
  }
}
customElements.define("o-preview", Preview);
