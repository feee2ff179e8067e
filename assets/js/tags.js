// <o-tags> shows the words of a field with commas as tags.
class Tags extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    if (!field || this.typed) return;
    this.field = field;
    this.typed = field.cloneNode();
    this.typed.removeAttribute("name");
    this.typed.value = "";
    field.type = "hidden";
    field.removeAttribute("id");
    this.append(this.typed);
    this.classList.add("is-on");
    this.words = field.value.split(",").map((w) => w.trim()).filter(Boolean);
    this.typed.addEventListener("keydown", (e) => {
      if (e.key === "Enter" || e.key === ",") {
        e.preventDefault();
        this.take();
      } else if (e.key === "Backspace" && this.typed.value === "" && this.words.length) {
        this.set(this.words.slice(0, -1));
      }
    });
    this.addEventListener("keydown", (e) => {
      if ((e.key !== "Delete" && e.key !== "Backspace") || !e.target.matches(".tag button")) return;
      e.preventDefault();
      e.target.click();
    });
    this.typed.addEventListener("blur", () => this.take());
    this.draw();
  }

  take() {
    const word = this.typed.value.replaceAll(",", " ").trim();
    this.typed.value = "";
    if (word && !this.words.includes(word)) this.set([...this.words, word]);
  }

  set(words) {
    this.words = words;
    this.field.value = words.join(", ");
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
    this.draw();
  }

  // without gives the focus to the tag that takes its place.
  without(word) {
    const i = this.words.indexOf(word);
    this.set(this.words.filter((w) => w !== word));
    (this.querySelectorAll(".tag button")[i] ?? this.typed).focus();
  }

  draw() {
    for (const tag of this.querySelectorAll(".tag")) tag.remove();
    for (const word of this.words) {
      const tag = document.createElement("span");
      tag.className = "tag";
      const x = document.createElement("button");
      x.type = "button";
      x.textContent = "×";
      x.ariaLabel = `${this.dataset.remove} ${word}`;
      x.addEventListener("click", () => this.without(word));
      tag.append(word, x);
      this.typed.before(tag);
    }
  }
}
customElements.define("o-tags", Tags);
