// Rich text: Trix in place of a plain field. Pages without an editor do not load it.
import Trix from "trix";
import { toolbar } from "./toolbar.js";

Trix.config.blockAttributes.heading1.tagName = "h2";

for (const field of document.querySelectorAll("textarea[data-rich]")) {
  Object.assign(Trix.config.lang, JSON.parse(field.dataset.rich || "{}"));
  const editor = document.createElement("trix-editor");
  const value = document.createElement("input");
  value.type = "hidden";
  value.name = field.name;
  value.id = `${field.id}-value`;
  value.value = field.value;
  editor.setAttribute("input", value.id);
  editor.id = field.id;
  editor.ariaLabel = field.labels[0]?.textContent.trim();
  const about = field.getAttribute("aria-describedby");
  if (about) editor.setAttribute("aria-describedby", about);
  editor.addEventListener("trix-initialize", () => toolbar(editor));
  field.replaceWith(value, editor);
}

// Files are pictures of the media library; they are not dropped into a text.
document.addEventListener("trix-file-accept", (e) => e.preventDefault());
document.addEventListener("trix-change", (e) => e.target.inputElement?.dispatchEvent(new Event("input", { bubbles: true })));
