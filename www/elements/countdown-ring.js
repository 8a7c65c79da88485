/** How much of a token's life is left, as a ring. A picture only: the same is said in words beside it. */

import { h, setText } from "../lib/dom.js";
import { ringText } from "../lib/format.js";

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 25;
const LENGTH = 2 * Math.PI * RADIUS;

export class CountdownRing extends HTMLElement {
  #arc = circle("arc");
  #value = h("span", { class: "ring-value" });
  #unit = h("span", { class: "ring-unit" });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.setAttribute("aria-hidden", "true");
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 56 56");
    this.#arc.setAttribute("stroke-dasharray", String(LENGTH));
    svg.append(circle("track"), this.#arc);
    this.append(svg, h("span", { class: "ring-text" }, this.#value, this.#unit));
  }

  /**
   * Turns to warning colours where the backend calls the account expiring: ten minutes before the end, and in the last third.
   * @param {number} left Milliseconds.
   * @param {number} whole Milliseconds of the token's whole life.
   */
  show(left, whole) {
    const share = whole > 0 ? Math.min(1, Math.max(0, left / whole)) : 0;
    this.#arc.setAttribute("stroke-dashoffset", (LENGTH * (1 - share)).toFixed(1));
    this.dataset.level =
      left <= Math.min(60_000, whole / 6) ? "last" : left <= Math.min(600_000, whole / 3) ? "low" : "good";
    const [value, unit] = ringText(left);
    setText(this.#value, value);
    setText(this.#unit, unit);
  }
}

/** @param {string} name */
function circle(name) {
  const element = document.createElementNS(SVG, "circle");
  for (const [key, value] of Object.entries({ class: name, cx: 28, cy: 28, r: RADIUS }))
    element.setAttribute(key, String(value));
  return element;
}

customElements.define("countdown-ring", CountdownRing);
