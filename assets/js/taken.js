// taken tells whether a key is meant for where the focus is: a field that is
// written in, a dialog that is open, or the browser itself. When a dialog shuts,
// the focus stays in it until the next frame; a key that comes sooner is for
// the page.
export const taken = (e) =>
  e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || !!e.target.closest("input:not([type=checkbox]), textarea, select, dialog[open], [contenteditable]");
