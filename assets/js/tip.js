// A tooltip shows by itself for pointer and keyboard; Escape takes it away.
document.addEventListener("keydown", (e) => {
  if (e.key === "Escape") for (const tip of document.querySelectorAll(".tip:is(:hover, :focus-within)")) tip.classList.add("is-off");
});
for (const type of ["pointerout", "focusout"]) document.addEventListener(type, (e) => e.target.closest?.(".tip")?.classList.remove("is-off"));
