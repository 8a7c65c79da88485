/** The line below an unfinished answer: Jira is being asked, or wants a pause first. */

import { everySecond, h, setText } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { duration } from "../lib/format.js";

export class Working {
  #text = h("span", {}, message("asking"));
  element = h(
    "p",
    { class: "working", "data-testid": "working" },
    h("span", { class: "spinner", "aria-hidden": "true" }),
    this.#text,
  );
  #pause = new AbortController();

  /** Jira's limits are reached: it goes on by itself. @param {number} until in milliseconds since 1970 */
  pausedUntil(until) {
    this.#pause.abort();
    this.#pause = new AbortController();
    everySecond(() => {
      const left = until - Date.now();
      setText(this.#text, left > 0 ? message("pausing", duration(left + 999)) : message("asking"));
    }, this.#pause.signal);
  }

  /** Something came, so no pause is left. */
  goesOn() {
    this.#pause.abort();
    setText(this.#text, message("asking"));
  }

  remove() {
    this.#pause.abort();
    this.element.remove();
  }
}
