// The script of the staff pages: htmx for partial updates, small custom
// elements for the rest.
import htmx from "htmx.org";
import "./copy.js";
import "./flash.js";
import { ready } from "./form.js";
import "./gallery.js";
import "./menu.js";
import "./palette.js";
import "./password.js";
import "./quantity.js";
import "./rows.js";
import "./savebar.js";
import "./shell.js";
import "./tags.js";

window.htmx = htmx;
document.addEventListener("htmx:after:swap", () => ready());
