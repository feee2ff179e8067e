// <o-gallery>: the strip scrolls by itself; this keeps the small pictures in step.
class Gallery extends HTMLElement {
  connectedCallback() {
    const strip = this.querySelector(".gallery-strip");
    const thumbs = [...this.querySelectorAll(".gallery-thumbs a")];
    const pictures = [...strip.children];
    thumbs.forEach((thumb, i) =>
      thumb.addEventListener("click", (e) => {
        e.preventDefault();
        strip.scrollTo({ left: pictures[i].offsetLeft - strip.offsetLeft });
      }),
    );
    if (thumbs.length === 0) return;
    const seen = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (!entry.isIntersecting) continue;
          thumbs.forEach((thumb, i) => (thumb.ariaCurrent = pictures[i] === entry.target ? "true" : null));
        }
      },
      { root: strip, threshold: 0.6 },
    );
    pictures.forEach((p) => seen.observe(p));
  }
}
customElements.define("o-gallery", Gallery);
