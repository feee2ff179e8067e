// <o-studio>: a page that is made beside its preview. The order of its parts is
// kept as soon as it is changed, what is typed is tried in the preview, and the
// preview is as wide as a desktop or a phone.
class Studio extends HTMLElement {
  connectedCallback() {
    this.frame = this.querySelector("iframe");
    if (this.frame) this.watch();
    this.addEventListener("change", (e) => e.target.localName === "o-drag" && !e.target.closest("form") && this.arrange());
    for (const type of ["input", "change"]) this.addEventListener(type, (e) => e.target.form?.querySelector("[data-try]") && this.later());
    // What is only tried is not sent: the form stays as unsaved as it was.
    this.addEventListener("submit", (e) => e.submitter?.matches("[data-try]") && e.stopPropagation(), true);
  }

  watch() {
    this.wide = 1280;
    const bar = this.querySelector(".studio-bar");
    bar.hidden = false;
    bar.addEventListener("click", (e) => this.width(e.target.closest("[data-wide]")));
    new ResizeObserver(() => this.fit()).observe(this.frame.parentElement);
    this.frame.addEventListener("load", () => this.loaded());
    this.fit();
  }

  width(button) {
    if (!button) return;
    this.wide = Number(button.dataset.wide);
    for (const b of this.querySelectorAll("[data-wide]")) b.ariaPressed = String(b === button);
    this.fit();
  }

  fit() {
    const pane = this.frame.parentElement;
    const scale = Math.min(1, pane.clientWidth / this.wide);
    this.frame.style.cssText = `width: ${this.wide}px; height: ${pane.clientHeight / scale}px; transform: scale(${scale})`;
  }

  // The preview is to be looked at: nothing in it leads away. A part that is
  // pressed is opened.
  loaded() {
    const page = this.frame.contentDocument;
    if (!page) return;
    if (this.at !== undefined) page.defaultView.scrollTo(0, this.at);
    page.addEventListener("submit", (e) => e.preventDefault(), true);
    page.addEventListener(
      "click",
      (e) => {
        if (e.target.closest("summary, video")) return;
        e.preventDefault();
        e.stopPropagation();
        const id = e.target.closest("[id^=section-]")?.id.replace("section-", "");
        this.querySelector(`[data-section="${id}"] a`)?.click();
      },
      true,
    );
  }

  keep() {
    this.at = this.frame?.contentWindow?.scrollY ?? 0;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.try(), 500);
  }

  try() {
    const button = this.querySelector("[data-try]");
    const files = [...button.form.querySelectorAll("input[type=file]")];
    this.keep();
    for (const f of files) f.disabled = true;
    button.form.requestSubmit(button);
    for (const f of files) f.disabled = false;
  }

  // arrange sends the order. What is moved meanwhile is sent behind that.
  async arrange() {
    this.again = true;
    if (this.busy) return;
    this.busy = true;
    let page;
    try {
      while (this.again) {
        this.again = false;
        page = await this.send();
      }
    } catch {
      location.reload();
      return;
    } finally {
      this.busy = false;
    }
    this.show(page);
  }

  async send() {
    const body = new URLSearchParams([...this.querySelectorAll(".drag [data-section]")].map((r) => ["section", r.dataset.section]));
    const to = new URL(this.dataset.order, location.href);
    to.searchParams.set("seen", this.dataset.seen);
    const answer = await fetch(to, { method: "post", body, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.dataset.seen = page.querySelector("o-studio").dataset.seen;
    return page;
  }

  show(page) {
    const drag = this.querySelector("o-drag");
    const li = document.activeElement?.closest("o-drag li");
    const held = li && [...li.parentElement.children].indexOf(li);
    const step = document.activeElement?.dataset.step;
    const said = drag.querySelector("[role=status]").textContent;
    for (const part of [".page-header", "o-drag"]) {
      const fresh = page.querySelector(part);
      if (fresh) document.querySelector(part)?.replaceWith(document.adoptNode(fresh));
    }
    document.querySelector("#flashes")?.append(...page.querySelectorAll("#flashes > *"));
    this.querySelector("o-drag [role=status]").textContent = said;
    if (step) this.querySelector("o-drag ul").children[held]?.querySelector(`[data-step="${step}"]`)?.focus();
    for (const form of this.querySelectorAll("form[action*='seen=']")) form.action = form.action.replace(/seen=\d+/, `seen=${this.dataset.seen}`);
    this.keep();
    this.frame?.contentWindow.location.reload();
  }
}
customElements.define("o-studio", Studio);
