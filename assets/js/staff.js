// The script of the staff pages: htmx for partial updates, small custom
// elements for the rest.
import htmx from "htmx.org";
import "./combobox.js";
import "./copy.js";
import "./drag.js";
import "./drop.js";
import "./flash.js";
import "./follows.js";
import { ready } from "./form.js";
import "./gallery.js";
import "./keys.js";
import "./margin.js";
import "./menu.js";
import "./palette.js";
import "./password.js";
import "./preview.js";
import "./quantity.js";
import "./range.js";
import "./rows.js";
import "./sheet.js"; // before the save bar, which remembers what would be sent
import "./savebar.js";
import "./shell.js";
import "./tabs.js";
import "./tags.js";
import "./tip.js";
import "./translations.js";
import "./tree.js";

window.htmx = htmx;
for (const type of ["htmx:after:swap", "orion:shown"]) document.addEventListener(type, () => ready());
