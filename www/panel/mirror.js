/** A copy of a field's text behind it, which carries the underlines and colours that a field cannot have. */

import { h, listen } from "../lib/dom.js";

/** @import {Mark} from "../lib/contract.d.ts" */

/** A text in pieces, each mark as an element of its own. @param {string} text @param {Mark[]} marks */
export function marked(text, marks) {
  /** @type {Node[]} */
  const nodes = [];
  let at = 0;
  for (const mark of marks) {
    if (mark.start < at || mark.end > text.length) continue;
    nodes.push(
      document.createTextNode(text.slice(at, mark.start)),
      h("span.mark", { "data-kind": mark.kind }, text.slice(mark.start, mark.end)),
    );
    at = mark.end;
  }
  nodes.push(document.createTextNode(text.slice(at)));
  return nodes;
}

/** Marks of a text after it was changed, as far as they stand: before the change where they were, behind it moved. @param {Mark[]} marks @param {string} before @param {string} after */
export function carried(marks, before, after) {
  const most = Math.min(before.length, after.length);
  let same = 0;
  while (same < most && before[same] === after[same]) same += 1;
  let tail = 0;
  while (tail < most - same && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const by = after.length - before.length;
  return marks.flatMap((mark) => {
    if (mark.end <= same) return [mark];
    if (mark.start >= before.length - tail) return [{ ...mark, start: mark.start + by, end: mark.end + by }];
    return [];
  });
}

export class Mirror {
  #field;
  #element = h("div.mirror", { "aria-hidden": "true", dir: "auto" });

  /** @param {HTMLTextAreaElement} field @param {AbortSignal} signal */
  constructor(field, signal) {
    this.#field = field;
    field.before(this.#element);
    listen(field, { scroll: () => this.#scroll() }, signal);
  }

  /** @param {Mark[]} marks @param {{ start: number, end: number } | null} wrong A place to be marked as wrong. */
  show(marks, wrong) {
    const text = this.#field.value;
    this.#element.replaceChildren(...marked(text, marks), "\u200b");
    const spans = [...this.#element.querySelectorAll(".mark")];
    spans.forEach((span, at) => {
      const mark = marks[at];
      if (mark && wrong && mark.start < wrong.end && wrong.start < mark.end) span.setAttribute("data-wrong", "");
    });
    this.#scroll();
  }

  /** The mark at a point of the page, by its place among them; -1 for none. @param {number} x @param {number} y */
  at(x, y) {
    const inside = (/** @type {DOMRect} */ { left, right, top, bottom }) =>
      x >= left && x <= right && y >= top && y <= bottom;
    return [...this.#element.querySelectorAll(".mark")].findIndex((span) => [...span.getClientRects()].some(inside));
  }

  #scroll() {
    this.#element.scrollTop = this.#field.scrollTop;
  }
}
