/** The pages' icons, drawn on a 20 × 20 grid with one line weight; the drawings are in `icons.svg`, of which each page gets a copy. */

import { svg } from "./dom.js";

/**
 * The drawings of `icons.svg`.
 * @typedef {"checkmark" | "check_circle" | "clock" | "refresh" | "warning" | "error_circle" | "info" | "lock" | "infinity" |
 *   "sign_out" | "sign_in" | "chat" | "settings" | "send" | "stop" | "copy" | "open" | "chevron" | "add" | "dismiss" |
 *   "person" | "calendar" | "bug" | "story" | "epic" | "task" | "subtask" | "cloud" | "server" | "globe" | "search" |
 *   "edit" | "chart" | "download" | "play" | "pause" | "key" | "shield" | "delete" | "priority_highest" | "priority_high"
 *   | "priority_medium" | "priority_low" | "priority_lowest"} IconName
 */

/**
 * A decorative icon: what it means is always said in words beside it.
 * @param {IconName} name
 * @param {number} [size] CSS pixels.
 */
export function icon(name, size = 20) {
  const frame = svg("svg", { class: "icon", width: size, height: size, viewBox: "0 0 20 20", "aria-hidden": "true" });
  // a copy: with <use> a long list takes a fifth longer
  frame.append(...(document.getElementById(`icon-${name}`)?.cloneNode(true).childNodes ?? []));
  return frame;
}

/** Puts the icon of every `data-icon` element of the page in front of its content. */
export function placeIcons() {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-icon]"))) {
    element.prepend(icon(/** @type {IconName} */ (element.dataset.icon), Number(element.dataset.iconSize ?? 20)));
  }
}
