/** Runs requests into answers, one at a time, and offers what can follow: more, a file, or the way out of an error. */

import { h } from "../lib/dom.js";
import { errorView, message, stream } from "../lib/extension.js";
import { addCard } from "./cards.js";
import { exportButtons } from "./export.js";
import { buttons, obstacle } from "./frame.js";
import { Working } from "./working.js";

/** @import {Answering, Asked, Card, JobProgress} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */
/** @typedef {(options: { onItem: (card: Card) => void, onProgress: (progress: Answering | JobProgress) => void, signal: AbortSignal }) =>
 *   Promise<Asked | null>} Request */

export class Answers {
  #changed;
  #focus;
  /** What is being asked. @type {AbortController | null} */
  #running = null;

  /** @param {(busy: boolean) => void} changed @param {() => void} focus Back to where questions are typed. */
  constructor(changed, focus) {
    this.#changed = changed;
    this.#focus = focus;
  }

  get busy() {
    return this.#running !== null;
  }

  stop() {
    this.#running?.abort();
  }

  /**
   * @param {HTMLElement} answer
   * @param {Request} request
   * @param {string} id The account asked with; it stays the one for what follows, whatever is chosen meanwhile.
   */
  async run(answer, request, id) {
    const working = new Working();
    /** Where to go on if it is stopped. @type {string | null} */
    let reached = null;
    const ours = new AbortController();
    this.#running = ours;
    this.#changed(true);
    answer.append(working.element);
    try {
      const done = await request({
        signal: ours.signal,
        onItem: (card) => {
          working.goesOn();
          working.element.remove(); // so that issues can join the list before it
          addCard(answer, card, answer.dataset.site);
          answer.append(working.element);
        },
        onProgress: (progress) => {
          if ("kind" in progress && progress.kind === "reached") reached = progress.more;
          else working.show(progress);
        },
      });
      working.remove();
      this.#follow(answer, done, id);
    } catch (error) {
      working.remove();
      if (ours.signal.aborted) {
        answer.append(h("p.muted@stopped", message("stopped")));
        if (reached !== null) this.#offerMore(answer, reached, id);
      } else this.#offerRemedy(answer, error, reached === null ? request : rest(id, reached, true), id);
    } finally {
      if (this.#running === ours) {
        this.#running = null;
        this.#changed(false);
      }
    }
  }

  /** @param {HTMLElement} answer @param {Asked | null} done @param {string} id */
  #follow(answer, done, id) {
    if (!done) return;
    if (done.more !== null) this.#offerMore(answer, done.more, id);
    if (done.export) answer.append(exportButtons(id, done.export, answer));
    if (done.not_kept) answer.append(h("p.caption.muted@not-kept", message("not_kept")));
  }

  /** @param {HTMLElement} answer @param {string} more @param {string} id */
  #offerMore(answer, more, id) {
    const button = (/** @type {string} */ name, /** @type {MessageKey} */ text, /** @type {boolean} */ all) => {
      const onclick = () => {
        if (this.busy) return;
        place.remove();
        this.#focus();
        void this.run(answer, rest(id, more, all), id);
      };
      return h(`button.button@${name}`, { onclick }, message(text));
    };
    const place = buttons(button("show-more", "show_more", false), button("show-rest", "show_all", true));
    answer.append(place);
  }

  /** @param {HTMLElement} answer @param {unknown} error @param {Request} request @param {string} id */
  #offerRemedy(answer, error, request, id) {
    const again = () => {
      if (this.busy) return;
      card.remove();
      this.#focus();
      void this.run(answer, request, id);
    };
    const card = h("div.answer-error", obstacle(errorView(error), again));
    answer.append(card);
  }
}

/** What follows: the next page or all of them. @param {string} account @param {string} more @param {boolean} all @returns {Request} */
function rest(account, more, all) {
  return (options) => stream("more", { account, more, ...(all && { all }) }, options);
}
