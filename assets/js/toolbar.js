// toolbar makes the buttons above a text one stop of the Tab key: arrows, Home and
// End walk, Escape leads back to the text, and Alt-F10 from there to them. It gives
// back what draws them as the states say.
export function toolbar(text, bar, states) {
  const row = bar.querySelector("[role=toolbar]");
  const buttons = [...row.querySelectorAll("button")];
  const usable = () => buttons.filter((b) => !b.disabled);
  const stop = (at) => buttons.forEach((b) => (b.tabIndex = b === at ? 0 : -1));
  const draw = () => {
    const { on, off } = states();
    for (const b of buttons) {
      const { pen } = b.dataset;
      if (pen in on) b.ariaPressed = String(!!on[pen]);
      b.disabled = !!off[pen] && b !== document.activeElement;
    }
    if (!usable().some((b) => b.tabIndex === 0)) stop(usable()[0]);
  };
  stop(buttons[0]);
  text.addEventListener("keydown", (e) => {
    if (!e.altKey || e.key !== "F10") return;
    e.preventDefault();
    usable().find((b) => b.tabIndex === 0)?.focus();
  });
  row.addEventListener("mousedown", (e) => e.preventDefault()); // the text keeps what is chosen
  row.addEventListener("focusin", (e) => stop(e.target));
  row.addEventListener("keydown", (e) => {
    const all = usable();
    const i = all.indexOf(e.target);
    const to = { ArrowRight: all[i + 1] ?? all[0], ArrowLeft: all.at(i - 1), Home: all[0], End: all.at(-1), Escape: text }[e.key];
    if (!to) return;
    e.preventDefault();
    to.focus();
  });
  return draw;
}
