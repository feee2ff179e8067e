// toolbar makes the buttons above a text one stop of the Tab key: arrows, Home and
// End walk, Escape leads back to the text, and Alt-F10 from there to them.
export function toolbar(editor) {
  const row = editor.toolbarElement.querySelector(".trix-button-row");
  row.role = "toolbar";
  row.ariaLabel = editor.ariaLabel;
  row.setAttribute("aria-controls", editor.id);
  const buttons = [...row.querySelectorAll("button")].filter((b) => b.offsetParent);
  const usable = () => buttons.filter((b) => !b.disabled);
  const stop = (at) => buttons.forEach((b) => (b.tabIndex = b === at ? 0 : -1));
  const draw = () => {
    for (const b of buttons) if (b.dataset.trixAttribute) b.ariaPressed = String("trixActive" in b.dataset);
    if (!usable().some((b) => b.tabIndex === 0)) stop(usable()[0]);
  };
  draw();
  for (const type of ["trix-attributes-change", "trix-actions-change"]) editor.addEventListener(type, draw);
  editor.addEventListener("keydown", (e) => {
    if (!e.altKey || e.key !== "F10") return;
    e.preventDefault();
    usable().find((b) => b.tabIndex === 0)?.focus();
  });
  row.addEventListener("focusin", (e) => stop(e.target));
  // A press of the pointer is what Trix knows; one of a key has no pointer.
  row.addEventListener("click", (e) => {
    if (e.detail === 0) e.target.closest("button")?.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }));
  });
  row.addEventListener("keydown", (e) => {
    const all = usable();
    const i = all.indexOf(e.target);
    const to = { ArrowRight: all[i + 1] ?? all[0], ArrowLeft: all.at(i - 1), Home: all[0], End: all.at(-1), Escape: editor }[e.key];
    if (!to) return;
    e.preventDefault();
    to.focus();
  });
}
