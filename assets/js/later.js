// <o-later data-src="/products/mug/reviews?part=1"> is filled with that part of
// a page once somebody comes near it. What it held before stays where that fails.
class Later extends HTMLElement {
  connectedCallback() {
    this.ariaBusy = "true";
    this.watch = new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && this.load(), { rootMargin: "600px" });
    this.watch.observe(this);
  }

  disconnectedCallback() {
    this.watch?.disconnect();
  }

  async load() {
    this.watch.disconnect();
    const answer = await fetch(this.dataset.src, { headers: { Accept: "text/html" } }).catch(() => null);
    const text = answer?.ok ? await answer.text() : "";
    this.ariaBusy = null;
    if (!text.trim()) return this.dispatchEvent(new CustomEvent("empty", { bubbles: true }));
    this.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  }
}
customElements.define("o-later", Later);
