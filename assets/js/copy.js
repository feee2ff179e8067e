// <o-copy> copies its text.
class Copy extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const label = button.ariaLabel;
    const said = this.appendChild(Object.assign(document.createElement("span"), { className: "sr-only", role: "status" }));
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.dataset.text);
      button.ariaLabel = button.title = said.textContent = this.dataset.done;
      setTimeout(() => {
        button.ariaLabel = label;
        said.textContent = "";
        button.removeAttribute("title");
      }, 1500);
    });
  }
}
customElements.define("o-copy", Copy);
