/** Hands a text to the person as a file. */

import { h } from "./dom.js";

/** The browser has begun to read it by then. Milliseconds. */
const READ = 10_000;

/** @param {string} name @param {string} type Its media type. @param {string} text */
export function saveFile(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), READ);
}
