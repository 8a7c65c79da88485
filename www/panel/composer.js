/** Where the question is typed: Enter sends, Shift+Enter breaks the line, ArrowUp brings earlier questions back. */

import { byId, listen, onSubmit, pageSignal } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { Editor } from "./editor.js";

export class Composer {
  #field = byId("question", HTMLTextAreaElement);
  #editor;
  #send;
  /** Oldest first. @type {string[]} */
  #asked = [];
  /** Where ArrowUp has led; the length of the list means: the draft. */
  #at = 0;
  #draft = "";

  /**
   * @param {(text: string) => void} send
   * @param {{ account: () => string | null, keys: () => string[] }} known
   */
  constructor(send, known) {
    this.#send = send;
    const hint = byId("composer-hint");
    this.#editor = new Editor(this.#field, { ...known, hint, usual: message("composer_hint"), signal: pageSignal });
    const input = () => {
      this.#at = this.#asked.length;
    };
    listen(this.#field, { keydown: (event) => this.#key(event), input });
    onSubmit(byId("composer"), () => this.#submit());
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  /** Takes a question that was sent into the history and empties the field. @param {string} text */
  remember(text) {
    if (this.#asked.at(-1) !== text) this.#asked.push(text);
    this.#at = this.#asked.length;
    this.#draft = "";
    this.#put("");
    this.focus();
  }

  /** Writes a text down, to be gone on with. @param {string} text @param {number | null} caret */
  write(text, caret) {
    this.#put(text);
    if (caret !== null) this.#field.setSelectionRange(caret, caret);
    this.focus();
  }

  /** Types something in the person's place. @param {string} text */
  #put(text) {
    this.#field.value = text;
    this.#field.setSelectionRange(text.length, text.length);
    this.#editor.refresh();
    this.#editor.hide();
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
    this.#put(this.#asked[to] ?? this.#draft);
  }
}
