// <o-password> can show what is typed.
class Password extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => {
      const show = input.type === "password";
      input.type = show ? "text" : "password";
      button.ariaPressed = String(show);
      button.ariaLabel = show ? button.dataset.hide : button.dataset.show;
    });
  }
}
customElements.define("o-password", Password);
