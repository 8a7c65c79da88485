/** The line below an unfinished answer: Jira is being asked, or wants a pause first. */

import { everySecond, h, setText } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { duration, number } from "../lib/format.js";

/** @import {Answering, JobProgress} from "../lib/contract.d.ts" */

export class Working {
  #text = h("span", message("asking"));
  element = h(
    "p.working@working",
    { "aria-live": "off" }, // seconds and numbers of issues are not read aloud
    h("span.spinner", { "aria-hidden": "true" }),
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

  /** Says how far it is. @param {Answering | JobProgress} progress */
  show(progress) {
    if ("kind" in progress) {
      if (progress.kind === "paused") this.pausedUntil(progress.until);
      else if (progress.kind === "planning") this.#say(message("planning", number(progress.issues)));
    } else if (progress.until !== null) this.pausedUntil(progress.until);
    else this.#say(message("progress_of", number(progress.done), number(progress.total), number(progress.failed)));
  }

  /** @param {string} text */
  #say(text) {
    this.#pause.abort();
    setText(this.#text, text);
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
