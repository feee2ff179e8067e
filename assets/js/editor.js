// Rich text: Trix over a hidden field. Pages without an editor do not load it.
import Trix from "trix";

// Files are pictures of the media library; they are not dropped into a text.
document.addEventListener("trix-file-accept", (e) => e.preventDefault());
document.addEventListener("trix-change", (e) => e.target.inputElement?.dispatchEvent(new Event("input", { bubbles: true })));

Trix.config.blockAttributes.heading1.tagName = "h2";
