// The hearts of a page: a form sends which product is wished for, or no longer,
// and swap.js takes the header's heart and the message from the answer. The
// hearts of that product follow, unless the answer was a refusal.
let pressed;

document.addEventListener("submit", (e) => {
  if (e.target.id === "wish") pressed = e.submitter;
});

document.addEventListener("swapped", ({ detail: { targets, flashes } }) => {
  if (targets !== "#wish-link" || !pressed) return;
  const on = pressed.name === "add";
  const product = pressed.value.split("~")[0];
  pressed = null;
  if (flashes.some((f) => f.matches(".t-bad"))) return;
  for (const heart of document.querySelectorAll(".heart")) {
    if (heart.value.split("~")[0] !== product) continue;
    heart.name = on ? "remove" : "add";
    heart.ariaPressed = on;
  }
});
