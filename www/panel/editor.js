/** A field that says while one types what it reads: underlines with their meaning, colours and errors of JQL, and what could come next. */

import { listen } from "../lib/dom.js";
import { call, message } from "../lib/extension.js";
import { commandsFor } from "./commands.js";
import { carried, Mirror } from "./mirror.js";
import { Suggestions } from "./suggestions.js";

/** @import {Hints, Mark, Problem} from "../lib/contract.d.ts" */
/** @import {Suggestion} from "./suggestions.js" */

/** What begins so is JQL from its first letter. */
const JQL = "/jql ";
/** So many keys are offered. */
const MOST_KEYS = 6;

/** @typedef {{ account: () => string | null, jql?: boolean, keys?: () => string[], hint: HTMLElement, usual: string, signal: AbortSignal }} Around
 *   `keys`: the issues that were shown last. `hint`: where it is said what the text at the cursor means; `usual`: what stands there
 *   otherwise. */

export class Editor {
  #field;
  #around;
  #mirror;
  #list;
  /** @type {Mark[]} */
  #marks = [];
  /** @type {Problem | null} */
  #problem = null;
  /** The text the marks are of. */
  #text = "";
  #asking = false;
  #changed = false;

  /** @param {HTMLTextAreaElement} field @param {Around} around */
  constructor(field, around) {
    const { signal } = around;
    this.#field = field;
    this.#around = around;
    this.#mirror = new Mirror(field, signal);
    this.#list = new Suggestions(field, (suggestion) => this.#take(suggestion), signal);
    const mousemove = (/** @type {MouseEvent} */ { clientX, clientY }) => this.#hover(clientX, clientY);
    listen(field, { input: () => this.refresh(), keydown: (event) => this.#key(event), mousemove }, signal);
    listen(document, { selectionchange: () => document.activeElement === field && this.#say() }, signal);
  }

  /** Looks at the text anew. */
  refresh() {
    const text = this.#field.value;
    this.#marks = carried(this.#marks, this.#text, text);
    this.#text = text;
    this.#problem = null;
    this.#show();
    const local = this.#local();
    this.#list.show(local, text.startsWith("/"));
    if (text.trim() === "" && !this.#around.jql) this.#field.closest(".composer-box")?.removeAttribute("data-jql");
    else if (!text.startsWith("/") || text.startsWith(JQL)) void this.#ask();
  }

  /** What the page knows by itself: commands and the keys of issues. @returns {Suggestion[]} */
  #local() {
    const { value: text, selectionStart: end } = this.#field;
    if (/^\/\w*$/u.test(text) && !this.#around.jql)
      return commandsFor(text.slice(1)).map(({ name, say }) => ({
        text: `/${name} `,
        label: `/${name}`,
        detail: message(say),
        start: 0,
        end: text.length,
      }));
    const begun = text
      .slice(0, end)
      .match(/(?<![\w-])[a-z]\w*-\d*$/iu)?.[0]
      .toUpperCase();
    if (!begun) return [];
    const keys = this.#around.keys?.().filter((key) => key.startsWith(begun) && key !== begun) ?? [];
    return keys
      .slice(0, MOST_KEYS)
      .map((key) => ({ text: key, label: key, detail: message("kind_key"), start: end - begun.length, end }));
  }

  /** Asks the worker, for one text at a time: what is typed meanwhile is asked for next. */
  async #ask() {
    this.#changed = true;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#changed) {
      this.#changed = false;
      await this.#askOnce().catch(() => {}); // without an answer it is a field like others
    }
    this.#asking = false;
  }

  async #askOnce() {
    const account = this.#around.account();
    const { value: text, selectionStart } = this.#field;
    if (account === null) return;
    const before = text.startsWith(JQL) && !this.#around.jql ? JQL.length : 0;
    const jql = this.#around.jql === true || before > 0;
    const cursor = Math.max(selectionStart - before, 0);
    const hints = await call("complete", { account, text: text.slice(before), cursor, jql });
    if (text === this.#field.value) this.#hear(hints, before);
  }

  /** @param {Hints} hints @param {number} before So many units stand before the text that was looked at. */
  #hear({ jql, start, end, items, marks, problem }, before) {
    this.#marks = marks.map((mark) => ({ ...mark, start: mark.start + before, end: mark.end + before }));
    this.#problem = problem && { ...problem, start: problem.start + before, end: problem.end + before };
    this.#field.closest(".composer-box")?.toggleAttribute("data-jql", jql);
    this.#show();
    const local = this.#local();
    const offered = items.map(({ text, label, kind }) => ({
      text,
      label,
      kind,
      detail: text === label || kind !== "value" ? message(`kind_${kind}`) : text,
      start: start + before,
      end: end + before,
    }));
    if (document.activeElement === this.#field) this.#list.show([...local, ...offered], false);
  }

  #show() {
    const { length } = this.#field.value.trimEnd();
    // what is missing at the end is being typed
    this.#mirror.show(this.#marks, this.#problem && this.#problem.end < length ? this.#problem : null);
    this.#say();
  }

  /** Says below the field what stands at the cursor, or what is wrong. */
  #say() {
    const { hint, usual } = this.#around;
    const at = this.#field.selectionStart;
    const mark = this.#marks.find(({ start, end }) => start <= at && at <= end);
    const wrong = this.#problem && this.#field.value !== "" ? this.#problem.message : "";
    const text = wrong || (mark && meaning(mark)) || usual;
    const ends = this.#field.value.trimEnd().length;
    hint.toggleAttribute("data-wrong", wrong !== "" && (this.#problem?.end ?? 0) < ends);
    if (hint.textContent !== text) hint.textContent = text;
  }

  /** @param {number} x @param {number} y */
  #hover(x, y) {
    const mark = this.#marks[this.#mirror.at(x, y)];
    const text = mark ? meaning(mark) : "";
    if (this.#field.title !== text) this.#field.title = text;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    if (event.ctrlKey && event.key === " ") {
      event.preventDefault();
      return void this.#ask();
    }
    if (!this.#list.shown) return;
    const { chosen, first } = this.#list;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.#list.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") this.#list.hide();
    else if (event.key === "Enter" && !event.shiftKey && chosen && !chosen.text.startsWith("/")) this.#take(chosen);
    else if (event.key === "Tab" && !event.shiftKey && first) this.#take(chosen ?? first);
    else {
      if (event.key === "Enter" && chosen) this.#take(chosen); // a command is sent with the same key
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** @param {Suggestion} suggestion */
  #take({ text, start, end }) {
    const field = this.#field;
    const spaced = text.endsWith("(") || text.endsWith(" ") || field.value[end] === " " ? text : `${text} `;
    field.focus();
    field.setSelectionRange(start, end);
    this.#list.hide();
    // only this way the person can take it back with Ctrl+Z
    if (!document.execCommand("insertText", false, spaced)) field.setRangeText(spaced, start, end, "end");
  }

  hide() {
    this.#list.hide();
  }
}

/** @param {Mark} mark */
function meaning({ kind, meaning: text }) {
  const word = message(`kind_${kind}`);
  if (text === "") return word;
  return kind === "condition" ? text : `${word}: ${text}`;
}
