// <o-copy> copies its text.
class Copy extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const label = button.ariaLabel;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.dataset.text);
      button.ariaLabel = button.title = this.dataset.done;
      setTimeout(() => {
        button.ariaLabel = label;
        button.removeAttribute("title");
      }, 1500);
    });
  }
}
customElements.define("o-copy", Copy);
