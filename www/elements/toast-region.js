/** Short notes at the edge of the page, and words for screen readers only. */

import { h } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";

const STAY = 5_000;

/** One of the parts of the region, which stands in each page. @param {string} id */
const part = (id) => document.getElementById(id);

/** Reads this aloud; nothing is shown. @param {string} text */
export function say(text) {
  const place = part("spoken");
  if (place) place.textContent = text;
}

/** Shows and reads a short note. @param {string} text */
export function toast(text) {
  const note = h("div.toast@toast", icon("check_circle"), h("span", text));
  part("toasts")?.replaceChildren(note);
  setTimeout(() => note.remove(), STAY);
}

/** Copies a text and says so. @param {string} text */
export function copy(text) {
  return navigator.clipboard.writeText(text).then(
    () => toast(message("copied")),
    () => toast(message("copy_failed")),
  );
}
