/** Small helpers over the DOM: build by calls, never by markup; listen until a signal aborts. */

import { language, message } from "./extension.js";

/** @import {MessageKey} from "./extension.js" */
/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Builds an element. Strings become text, whatever they contain.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes] `true` sets an empty attribute; `false`, `null`
 *   and `undefined` set none.
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter(isNode));
  return element;
}

/** @param {Child} child @returns {child is Node | string} */
function isNode(child) {
  return child !== null && child !== undefined && child !== false;
}

/**
 * The element with this id. A missing one is a defect of the page and is said so.
 * @template {typeof HTMLElement} T
 * @param {string} id
 * @param {T} [type]
 * @returns {InstanceType<T>}
 */
export function byId(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof (type ?? HTMLElement))) throw new Error(`this page has no such #${id}`);
  return /** @type {InstanceType<T>} */ (element);
}

/**
 * Listens on `root` for events of descendants that match.
 * @template {keyof HTMLElementEventMap} E
 * @param {HTMLElement | Document} root
 * @param {E} type
 * @param {string} selector
 * @param {(target: HTMLElement, event: HTMLElementEventMap[E]) => void} handler
 * @param {AbortSignal} signal
 */
export function on(root, type, selector, handler, signal) {
  root.addEventListener(type, (event) => {
    const target = event.target instanceof Element ? event.target.closest(selector) : null;
    if (target instanceof HTMLElement && root.contains(target)) handler(target, /** @type {HTMLElementEventMap[E]} */ (event));
  }, { signal });
}

/**
 * Connects every `data-action` button under `root` with the handler of that name.
 * @param {HTMLElement | Document} root
 * @param {Record<string, (button: HTMLElement) => void>} handlers
 * @param {AbortSignal} signal
 */
export function actions(root, handlers, signal) {
  on(root, "click", "[data-action]", (button) => handlers[button.dataset.action ?? ""]?.(button), signal);
}

const TEXTS = { i18n: "", i18nLabel: "aria-label", i18nTitle: "title", i18nPlaceholder: "placeholder" };

/** Fills every `data-i18n…` attribute of the page. @param {ParentNode} [root] */
export function localize(root = document) {
  document.documentElement.lang = language();
  const marked = root.querySelectorAll("[data-i18n], [data-i18n-label], [data-i18n-title], [data-i18n-placeholder]");
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (marked)) {
    for (const [mark, attribute] of Object.entries(TEXTS)) {
      const key = /** @type {MessageKey | undefined} */ (element.dataset[mark]);
      if (key === undefined) continue;
      if (attribute) element.setAttribute(attribute, message(key));
      else element.textContent = message(key);
    }
  }
}

/**
 * A link to another site in a new tab; plain text when the address is not an ordinary web address.
 * @param {string} address
 * @param {Record<string, string>} attributes
 * @param {...Child} children
 */
export function webLink(address, attributes, ...children) {
  const url = URL.parse?.(address) ?? parsed(address);
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return h("span", attributes, ...children);
  return h("a", { ...attributes, href: url.href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** @param {string} address */
function parsed(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/**
 * Calls back now and every second while the page is visible, until the signal aborts.
 * @param {() => void} callback
 * @param {AbortSignal} signal
 */
export function everySecond(callback, signal) {
  callback();
  const timer = setInterval(() => document.visibilityState === "visible" && callback(), 1_000);
  document.addEventListener("visibilitychange", callback, { signal });
  signal.addEventListener("abort", () => clearInterval(timer));
}

/** Sets text only when it changed, so that a selection in it survives. @param {Node} node @param {string} text */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Lives as long as the page does. */
export const pageSignal = (() => {
  const controller = new AbortController();
  addEventListener("pagehide", (event) => event.persisted || controller.abort());
  return controller.signal;
})();
