/** A button that shows that what it started is still going on. It keeps the focus, which a disabled one would lose. */

import { h } from "../lib/dom.js";
import { icon } from "../lib/icons.js";

/** @import {IconName} from "../lib/icons.js" */

/** @param {HTMLElement} button @param {boolean} busy @param {IconName | null} name @param {string} text */
export function working(button, busy, name, text) {
  const state = `${busy}${text}`;
  if (button.dataset.state === state) return;
  button.dataset.state = state;
  button.setAttribute("aria-disabled", String(busy));
  button.replaceChildren(busy ? h("span", { class: "spinner", "aria-hidden": "true" }) : name ? icon(name) : "", text);
}
