/** What all cards are made with. */

import { h, pageSignal } from "../lib/dom.js";
import { errorBar } from "../lib/error-view.js";
import { errorView, stream } from "../lib/extension.js";
import { exact, relative } from "../lib/format.js";
import { icon } from "../lib/icons.js";

/** @import {Card, ErrorView} from "../lib/contract.d.ts" */
/** @import {Attributes, Child} from "../lib/dom.js" */
/** @import {Remedies} from "../lib/error-view.js" */
/** @import {IconName} from "../lib/icons.js" */
/** @template {Card["kind"]} K @typedef {Extract<Card, { kind: K }>} CardOf */

/** @param {Card["kind"]} kind @param {...Child} children */
export function frame(kind, ...children) {
  return h(`section.card.answer-card.${kind}@card-${kind}`, ...children);
}

/** A moment as ISO 8601 text, said as people say it. @param {string} time */
export function moment(time) {
  const at = Date.parse(time.replace(/([+-]\d\d)(\d\d)$/u, "$1:$2"));
  return Number.isNaN(at) ? null : h("time", { datetime: new Date(at).toISOString(), title: exact(at) }, relative(at));
}

/**
 * A button that asks something in the person's place.
 * @param {string} text What is asked.
 * @param {string} look Its classes and name, as `h` takes them.
 * @param {Attributes} attributes
 * @param {...Child} children
 */
export function asking(text, look, attributes, ...children) {
  return h(`button.${look}`, { "data-action": "choice", "data-text": text, ...attributes }, ...children);
}

/**
 * A small button that is nothing but an icon, with its words for who cannot see it, or asks.
 * @param {string} look Its further classes and name.
 * @param {IconName} sign
 * @param {string} label
 * @param {() => unknown} onclick
 */
export function iconButton(look, sign, label, onclick) {
  const size = look.startsWith(".small") ? 16 : 20;
  return h(`button.button.subtle.icon-only${look}`, { ...labelled(label), onclick }, icon(sign, size));
}

/** What stands for something without words of its own, said aloud and on hover. @param {string} label */
export const labelled = (label) => ({ "aria-label": label, title: label });

/** Room for a line of buttons. @param {...Child} children */
export const buttons = (...children) => h("div.show-more", ...children);

/**
 * An error with its ways out: to try again, also after signing in again.
 * @param {ErrorView} error
 * @param {() => void} retry
 * @param {Remedies} [others]
 * @returns {HTMLElement}
 */
export function obstacle(error, retry, others) {
  const signIn = async (/** @type {string} */ account, /** @type {string[]} */ scopes) => {
    try {
      await stream("reconnect", { account, scopes }, { signal: pageSignal });
      retry();
    } catch (failure) {
      bar.replaceWith(obstacle(errorView(failure), retry, others));
    }
  };
  const bar = errorBar(error, { retry, signIn, ...others });
  return bar;
}

/** Answers to choose from. @param {{ label: string, text: string }[]} choices */
export function choiceList(choices) {
  if (choices.length === 0) return null;
  return h(
    "ul.examples",
    ...choices.map(({ label, text }) => h("li", asking(text, "button.example@choice", { title: text }, label))),
  );
}
