/** Short notes at the edge of the page, and words for screen readers only. One per page, in its markup. */

import { h } from "../lib/dom.js";
import { icon } from "../lib/icons.js";

const STAY = 5_000;

export class ToastRegion extends HTMLElement {
  #spoken = h("div", { class: "visually-hidden", role: "status" });
  #toasts = h("div", { class: "toasts", role: "status" });

  connectedCallback() {
    if (this.childElementCount === 0) this.append(this.#spoken, this.#toasts);
  }

  /** @param {string} text */
  say(text) {
    this.#spoken.textContent = text;
  }

  /** @param {string} text */
  toast(text) {
    const toast = h("div", { class: "toast", "data-testid": "toast" }, icon("check_circle"), h("span", {}, text));
    this.#toasts.replaceChildren(toast);
    setTimeout(() => toast.remove(), STAY);
  }
}

customElements.define("toast-region", ToastRegion);

/** @returns {ToastRegion | null} */
function region() {
  return document.querySelector("toast-region");
}

/** Reads this aloud; nothing is shown. @param {string} text */
export function say(text) {
  region()?.say(text);
}

/** Shows and reads a short note. @param {string} text */
export function toast(text) {
  region()?.toast(text);
}
