/** Issues and results on the clipboard: as links, as Markdown, as CSV. */

import { copy, toast } from "../elements/toast-region.js";
import { h } from "../lib/dom.js";
import { errorView } from "../lib/extension.js";
import { icon } from "../lib/icons.js";

/** A link with the key and title, as Markdown; no sign of the title counts as Markdown. @param {string} key @param {string} summary @param {string} url */
export function markdownLink(key, summary, url) {
  const safe = `${key}: ${summary}`.replace(/[\\`*_{}[\]<>#|~!]/gu, "\\$&");
  return `[${safe}](${url})`;
}

/** Does a button's work once at a time; what goes wrong is told in passing. @param {HTMLButtonElement} button @param {() => Promise<void>} work */
export async function once(button, work) {
  button.disabled = true;
  try {
    await work();
  } catch (error) {
    toast(errorView(error).message);
  } finally {
    button.disabled = false;
  }
}

/** @param {string} name @param {string} text @param {() => string | Promise<string>} give What is copied. */
export function copyButton(name, text, give) {
  const onclick = () => once(button, async () => copy(await give()));
  const button = h(`button.button.subtle@${name}`, { onclick }, icon("copy", 16), h("span", text));
  return button;
}
