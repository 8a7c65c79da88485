/** What happened to an account's token, newest first, one line each; new lines join while one looks. */

import { byId, h, on, setText } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { number, plural, precise } from "../lib/format.js";
import { EVENTS, LEVELS } from "../lib/happenings.js";
import { icon } from "../lib/icons.js";

/** @import {EventView, Level} from "../lib/contract.d.ts" */

/** The backend keeps so many. */
const MOST = 500;

export class History {
  #list = byId("history");
  /** @type {EventView[]} */
  #lines = [];
  /** Levels that are shown. @type {Set<Level>} */
  #levels = new Set(/** @type {Level[]} */ (Object.keys(LEVELS)));
  #account = "";

  /** @param {AbortSignal} signal */
  constructor(signal) {
    byId("history-levels").append(...Object.entries(LEVELS).map(([level, { word }]) => choice(level, message(word))));
    on(byId("history-levels"), "change", "input", () => this.#choose(), signal);
  }

  /** @param {string} account @param {EventView[]} lines Newest first. */
  show(account, lines) {
    const same = account === this.#account && lines.length === this.#lines.length;
    if (same && JSON.stringify(lines[0]) === JSON.stringify(this.#lines[0])) return; // as it already stands here
    this.#account = account;
    this.#lines = lines;
    this.#render();
  }

  /** One more line, if it belongs here. @param {EventView} line */
  add(line) {
    if (line.account !== this.#account) return;
    this.#lines = [line, ...this.#lines].slice(0, MOST);
    if (!this.#levels.has(line.level)) return this.#count();
    this.#list.prepend(lineElement(line));
    const shown = this.#list.children;
    if (shown.length > MOST) shown[shown.length - 1].remove();
    this.#count();
  }

  #choose() {
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (byId("history-levels").querySelectorAll("input"));
    this.#levels = new Set([...boxes].filter((box) => box.checked).map((box) => /** @type {Level} */ (box.value)));
    this.#render();
  }

  #render() {
    this.#list.replaceChildren(...this.#shown().map(lineElement));
    this.#count();
  }

  #shown() {
    return this.#lines.filter(({ level }) => this.#levels.has(level));
  }

  #count() {
    const [shown, all] = [this.#shown().length, this.#lines.length];
    const text =
      shown === all
        ? plural(all, { one: "lines_one", other: "lines_other" })
        : message("lines_some", number(shown), number(all));
    setText(byId("history-count"), text);
    byId("history-empty").hidden = shown > 0;
    this.#list.hidden = shown === 0;
  }
}

/** @param {string} level @param {string} word */
function choice(level, word) {
  const box = h("input", { type: "checkbox", value: level, checked: true, "data-testid": `level-${level}` });
  return h("label", { class: "check" }, box, h("span", {}, word));
}

/** @param {EventView} line */
function lineElement({ at, kind, level, cause }) {
  const { word, icon: name } = LEVELS[level];
  return h(
    "li",
    { class: "line", "data-testid": "history-line", "data-level": level, "data-kind": kind },
    icon(name, 16),
    h("span", { class: "line-level" }, message(word)),
    h(
      "span",
      { class: "line-what" },
      h("span", { class: "line-kind" }, message(EVENTS[kind])),
      cause ? h("span", { class: "muted", dir: "auto" }, ` ${cause}`) : "",
    ),
    h("time", { class: "line-time", datetime: new Date(at).toISOString() }, precise(at)),
  );
}
