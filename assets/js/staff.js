// The script of all staff pages. What only some components need comes with them:
// again.js, chart.js, choose.js, frame.js, range.js, rich.js, rows.js,
// sheet.js, studio.js, tree.js.
import "./combobox.js";
import "./copy.js";
import "./drag.js";
import "./drop.js";
import "./flash.js";
import "./follows.js";
import { ready } from "./form.js";
import "./keys.js";
import "./margin.js";
import "./menu.js";
import "./palette.js";
import "./password.js";
import "./preview.js";
import "./savebar.js";
import "./shell.js";
import "./tabs.js";
import "./tags.js";
import "./tip.js";
import "./translations.js";

document.addEventListener("orion:shown", () => ready());
