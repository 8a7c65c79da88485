/** Where the question is typed: Enter sends, Shift+Enter breaks the line, ArrowUp brings earlier questions back. */

import { byId } from "../lib/dom.js";

export class Composer {
  #field = byId("question", HTMLTextAreaElement);
  #send;
  /** Oldest first. @type {string[]} */
  #asked = [];
  /** Where ArrowUp has led; the length of the list means: the draft. */
  #at = 0;
  #draft = "";

  /** @param {(text: string) => void} send @param {AbortSignal} signal */
  constructor(send, signal) {
    this.#send = send;
    this.#field.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#field.addEventListener("input", () => { this.#at = this.#asked.length; }, { signal });
    byId("composer", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    }, { signal });
    this.focus();
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  /** Takes a question that was sent into the history and empties the field. @param {string} text */
  remember(text) {
    if (this.#asked.at(-1) !== text) this.#asked.push(text);
    this.#at = this.#asked.length;
    this.#draft = "";
    this.#field.value = "";
    this.focus();
  }

  #submit() {
    this.#send(this.#field.value);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return; // Enter chooses a word of the input method
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && this.#field.selectionStart === 0 && this.#field.selectionEnd === 0) {
      this.#recall(-1, event);
    } else if (event.key === "ArrowUp" && this.#at < this.#asked.length && !this.#field.value.includes("\n")) {
      this.#recall(-1, event);
    } else if (event.key === "ArrowDown" && this.#at < this.#asked.length && !this.#field.value.includes("\n")) {
      this.#recall(1, event);
    }
  }

  /** @param {-1 | 1} step @param {Event} event */
  #recall(step, event) {
    const to = this.#at + step;
    if (to < 0 || to > this.#asked.length) return;
    event.preventDefault();
    if (this.#at === this.#asked.length) this.#draft = this.#field.value;
    this.#at = to;
    this.#field.value = this.#asked[to] ?? this.#draft;
    this.#field.setSelectionRange(this.#field.value.length, this.#field.value.length);
  }
}
