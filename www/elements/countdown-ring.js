/** How much of a token's life is left; what it is made of stands in the page. A picture only: the same is said in words beside it. */

import { setText } from "../lib/dom.js";
import { ringText } from "../lib/format.js";

export class CountdownRing extends HTMLElement {
  /**
   * Turns to warning colours where the backend calls the account expiring: ten minutes before the end, and in the last third.
   * @param {number} left Milliseconds.
   * @param {number} whole Milliseconds of the token's whole life.
   */
  show(left, whole) {
    const part = (/** @type {string} */ name) => /** @type {Element} */ (this.querySelector(name));
    const share = whole > 0 ? Math.min(1, Math.max(0, left / whole)) : 0;
    part(".arc").setAttribute("stroke-dashoffset", (1 - share).toFixed(3));
    this.dataset.level =
      left <= Math.min(60_000, whole / 6) ? "last" : left <= Math.min(600_000, whole / 3) ? "low" : "good";
    const [value, unit] = ringText(left);
    setText(part(".ring-value"), value);
    setText(part(".ring-unit"), unit);
  }
}

customElements.define("countdown-ring", CountdownRing);
