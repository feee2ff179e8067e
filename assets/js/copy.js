// <o-copy> copies its text. Where the browser keeps the clipboard to itself, as on a
// page without TLS, it shows the text for people to copy.
class Copy extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const label = button.ariaLabel;
    const said = this.appendChild(Object.assign(document.createElement("span"), { className: "sr-only", role: "status" }));
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(this.dataset.text);
      } catch {
        return prompt(label, this.dataset.text);
      }
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
