// The storefront's script. Everything works without it.
import "./bar.js";
import "./cart.js";
import "./countdown.js";
import "./flash.js";
import "./form.js";
import "./gallery.js";
import "./later.js";
import "./menu.js";
import "./password.js";
import "./quantity.js";
import "./suggest.js";
import "./swap.js";
import "./tabs.js";
import "./variants.js";
import "./wish.js";
