/** What could come next, as a list above the field. The focus stays in the field; the arrow keys move through the list. */

import { say } from "../elements/toast-region.js";
import { h, listen } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { plural } from "../lib/format.js";

/** @import {HintKind} from "../lib/contract.d.ts" */
/** @typedef {{ text: string, label: string, detail: string, start: number, end: number, kind?: HintKind }} Suggestion
 *   `start` and `end`: what it replaces, in UTF-16 units. */

let lists = 0;

export class Suggestions {
  #field;
  #element;
  /** @type {Suggestion[]} */
  #all = [];
  #at = -1;

  /** @param {HTMLTextAreaElement} field @param {(suggestion: Suggestion) => void} take @param {AbortSignal} signal */
  constructor(field, take, signal) {
    lists += 1;
    const id = `suggestions-${lists}`;
    this.#field = field;
    this.#element = h("ul.suggestions@suggestions", {
      id,
      role: "listbox",
      "aria-label": message("suggestions"),
      hidden: true,
    });
    field.setAttribute("aria-controls", id);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    field.parentElement?.append(this.#element);
    // mousedown, for a click would take the focus out of the field first
    const mousedown = (/** @type {MouseEvent} */ event) => {
      event.preventDefault();
      const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      const chosen = option && this.#all[[...this.#element.children].indexOf(option)];
      if (chosen) take(chosen);
    };
    listen(this.#element, { mousedown }, signal);
    listen(field, { blur: () => this.hide() }, signal);
  }

  get shown() {
    return !this.#element.hidden;
  }

  /** The one moved to. */
  get chosen() {
    return this.#all[this.#at] ?? null;
  }

  get first() {
    return this.#all[0] ?? null;
  }

  /** @param {Suggestion[]} all @param {boolean} eager Whether the first is chosen already. */
  show(all, eager) {
    if (all.length === 0) return this.hide();
    const news = !this.shown;
    this.#all = all;
    this.#element.replaceChildren(
      ...all.map(({ label, detail, kind }, at) =>
        h(
          "li@suggestion",
          { role: "option", id: `${this.#element.id}-${at}`, "data-kind": kind },
          h("span.suggestion-label.ellipsis", { dir: "auto" }, label),
          detail !== "" && h("span.caption.muted.ellipsis", detail),
        ),
      ),
    );
    this.#element.hidden = false;
    this.#choose(eager ? 0 : -1);
    if (news) say(plural(all.length, "suggestions"));
  }

  hide() {
    if (!this.shown) return;
    this.#element.hidden = true;
    this.#all = [];
    this.#choose(-1);
  }

  /** @param {1 | -1} step */
  move(step) {
    const count = this.#all.length + 1; // one place more: none
    this.#choose(((this.#at + 1 + step + count) % count) - 1);
  }

  /** @param {number} at */
  #choose(at) {
    this.#at = at;
    [...this.#element.children].forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === at));
      if (place === at) option.scrollIntoView({ block: "nearest" });
    });
    if (at < 0) this.#field.removeAttribute("aria-activedescendant");
    else this.#field.setAttribute("aria-activedescendant", `${this.#element.id}-${at}`);
  }
}
