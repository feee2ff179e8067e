// <o-theme>: how a store looks is decided beside a preview of its pages. What is
// chosen is drawn there at once, and what is too faint is said at its field.
class Theme extends HTMLElement {
  connectedCallback() {
    this.frame = this.querySelector("iframe");
    this.form = this.querySelector("#theme-form");
    this.wide = 1280;
    const bar = this.querySelector(".studio-bar");
    bar.hidden = false;
    bar.addEventListener("click", (e) => this.press(e.target.closest("button")));
    new ResizeObserver(() => this.fit()).observe(this.frame.parentElement);
    this.frame.addEventListener("load", () => this.loaded());
    for (const type of ["input", "change"]) this.form.addEventListener(type, () => this.later());
    this.form.addEventListener("click", (e) => this.mend(e));
    this.fit();
    if (this.frame.contentDocument?.readyState === "complete") this.loaded();
  }

  press(button) {
    if (!button) return;
    for (const b of button.parentElement.querySelectorAll("button")) b.ariaPressed = String(b === button);
    const { wide, mode, page, address } = button.dataset;
    if (wide) this.wide = Number(wide);
    if (mode) this.scheme = mode;
    if (page) this.visit(address || this.product);
    this.fit();
    this.draw();
  }

  fit() {
    const pane = this.frame.parentElement;
    const scale = Math.min(1, pane.clientWidth / this.wide);
    this.frame.style.cssText = `width: ${this.wide}px; height: ${pane.clientHeight / scale}px; transform: scale(${scale})`;
  }

  // visit shows another page of the storefront, as the draft has it.
  visit(address) {
    if (!address) return;
    const to = new URL(address, location.href);
    to.searchParams.set("design", new URLSearchParams(this.dataset.token).get("design"));
    this.frame.src = to.href;
  }

  loaded() {
    const page = this.frame.contentDocument;
    if (!page) return;
    this.product = page.querySelector(".product a")?.href ?? this.product;
    page.addEventListener("submit", (e) => e.preventDefault(), true);
    page.addEventListener(
      "click",
      (e) => {
        const a = e.target.closest("a[href]");
        if (!a || a.getAttribute("href").startsWith("#")) return;
        e.preventDefault();
        e.stopPropagation();
        if (a.origin === location.origin) this.visit(a.href);
      },
      true,
    );
    this.draw();
  }

  draw() {
    const page = this.frame.contentDocument;
    if (!page?.head) return;
    if (this.scheme) page.documentElement.dataset.scheme = this.scheme;
    if (this.css) this.put(page, "theme", this.css);
    if (this.rules !== undefined) this.put(page, "rules", this.rules);
  }

  put(page, name, text) {
    const had = page.querySelector(`style[data-${name}]`);
    if (had) had.textContent = text;
    else if (text && name === "rules" && this.rulesHere(page)) {
      const style = page.createElement("style");
      style.nonce = page.querySelector("style[data-theme]").nonce;
      style.dataset.rules = "";
      style.textContent = text;
      page.head.append(style);
    }
  }

  // A merchant's own rules stay off the cart, where people begin to pay.
  rulesHere(page) {
    return !/\/cart$/.test(page.location.pathname);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.try(), 250);
  }

  async try() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const answer = await fetch(this.dataset.try, { method: "post", body: new URLSearchParams(new FormData(this.form)), headers: { "Orion-Part": "true" } }).catch(() => null);
    if (!answer?.ok || turn !== this.turn) return;
    const part = new DOMParser().parseFromString(await answer.text(), "text/html");
    const tried = part.querySelector("#tried");
    if (!tried) return;
    if (tried.dataset.css) this.css = tried.dataset.css;
    this.rules = tried.dataset.rules;
    for (const said of part.querySelectorAll("[id^=faint-], #rules-refused")) {
      const here = this.querySelector(`#${said.id}`);
      if (here && here.innerHTML !== said.innerHTML) here.innerHTML = said.innerHTML;
    }
    this.draw();
  }

  // A colour that passes takes the place of one that does not.
  mend(e) {
    const button = e.target.closest("[name=mend]");
    if (!button) return;
    e.preventDefault();
    const [name, colour] = button.value.split("=");
    const field = this.form.elements[name];
    field.value = colour;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
}
customElements.define("o-theme", Theme);
