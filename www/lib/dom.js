/** Small helpers over the DOM: build by calls, never by markup; listen until a signal aborts. */

import { language, message } from "./extension.js";

/** @import {MessageKey} from "./extension.js" */
/** @typedef {Node | string | null | undefined | false} Child */

/**
 * What stands before the first dot or @ of `p.muted@hint`.
 * @template {string} W
 * @typedef {W extends `${infer Tag}.${string}` ? Tag : W extends `${infer Tag}@${string}` ? Tag : W} TagOf
 */
/** @template {string} W @typedef {TagOf<W> extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[TagOf<W>] : HTMLElement} Made */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes
 *   `true` sets an empty attribute; `false`, `null` and `undefined` set none; a function listens: `onclick`. */

/**
 * Builds an element. Strings become text, whatever they contain. A button is one that sends no form unless its type says so.
 * @template {string} W
 * @param {W} what Its tag, with its classes as in a style sheet and the name that tests know it by: `p.muted.caption@hint`.
 * @param {Attributes | Child} [first] Attributes, or the first child.
 * @param {...Child} others
 * @returns {Made<W>}
 */
export function h(what, first, ...others) {
  const [look = "", name] = what.split("@");
  const [tag = "", ...classes] = look.split(".");
  const element = document.createElement(tag);
  if (tag === "button") element.setAttribute("type", tag);
  if (classes.length > 0) element.className = classes.join(" ");
  if (name) element.dataset.testid = name;
  const plain = typeof first === "object" && first !== null && !(first instanceof Node);
  for (const [key, value] of Object.entries(plain ? first : {})) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (isSet(value)) element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...(plain ? others : [first, ...others]).filter(isSet));
  return /** @type {Made<W>} */ (element);
}

/**
 * Builds an element of a drawing.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 */
export function svg(tag, attributes, ...children) {
  const element = /** @type {SVGElement} */ (document.createElementNS("http://www.w3.org/2000/svg", tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** @template T @param {T} value @returns {value is Exclude<T, null | undefined | false>} */
function isSet(value) {
  return value !== null && value !== undefined && value !== false;
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
 * Listens to events by their names.
 * @param {EventTarget} target
 * @param {Record<string, (event: any) => unknown>} listeners
 * @param {AbortSignal} [signal] Ends it; else it lasts as long as the page.
 */
export function listen(target, listeners, signal = pageSignal) {
  for (const [type, listener] of Object.entries(listeners)) target.addEventListener(type, listener, { signal });
}

/** Does this in place of sending the form. @param {HTMLElement} form @param {() => unknown} work */
export function onSubmit(form, work) {
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    work();
  };
  listen(form, { submit });
}

/**
 * Listens on `root` for events of descendants that match.
 * @template {keyof HTMLElementEventMap} E
 * @param {HTMLElement | Document} root
 * @param {E} type
 * @param {string} selector
 * @param {(target: HTMLElement, event: HTMLElementEventMap[E]) => void} handler
 * @param {AbortSignal} [signal]
 */
export function on(root, type, selector, handler, signal = pageSignal) {
  const listener = (/** @type {Event} */ event) => {
    const target = event.target instanceof Element ? event.target.closest(selector) : null;
    if (target instanceof HTMLElement && root.contains(target))
      handler(target, /** @type {HTMLElementEventMap[E]} */ (event));
  };
  listen(root, { [type]: listener }, signal);
}

/**
 * Connects every `data-action` button under `root` with the handler of that name.
 * @param {HTMLElement | Document} root
 * @param {Record<string, (button: HTMLElement) => void>} handlers
 */
export function actions(root, handlers) {
  on(root, "click", "[data-action]", (button) => handlers[button.dataset.action ?? ""]?.(button));
}

/**
 * A question that a button opens in its own place: `#<id>` opens `#<id>-ask`, in which `<id>-no` closes it again.
 * @param {string} id
 * @returns {(open: boolean, focus?: boolean) => void} Opens or closes it.
 */
export function asking(id) {
  const [opener, question] = [byId(id), byId(`${id}-ask`)];
  const open = (/** @type {boolean} */ wanted, focus = true) => {
    [opener.hidden, question.hidden] = [wanted, !wanted];
    if (focus) (wanted ? byId(`${id}-yes`) : opener).focus();
  };
  actions(document, { [id]: () => open(true), [`${id}-no`]: () => open(false) });
  return open;
}

/** Says so at the top of the page while the browser has no connection. */
export function showOffline() {
  const look = () => {
    byId("offline").hidden = navigator.onLine;
  };
  look();
  listen(window, { online: look, offline: look });
}

const TEXTS = { i18n: "", i18nLabel: "aria-label", i18nTitle: "title", i18nPlaceholder: "placeholder" };

/** Fills every `data-i18n…` attribute of the page. @param {ParentNode} [root] */
export function localize(root = document) {
  document.documentElement.lang = language();
  document.documentElement.dir = message("language_direction");
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
 * A link to another site in a new tab; plain text when the address is not an ordinary web address. One with a user name is none:
 * `https://example.com@evil.example` leads to where nobody expects.
 * @param {string} address
 * @param {Record<string, string>} attributes
 * @param {...Child} children
 */
export function webLink(address, attributes, ...children) {
  const url = parsed(address);
  const web = url !== null && (url.protocol === "https:" || url.protocol === "http:");
  if (!web || url.username || url.password) return h("span", attributes, ...children);
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
 * @param {AbortSignal} [signal]
 */
export function everySecond(callback, signal = pageSignal) {
  callback();
  const timer = setInterval(() => document.visibilityState === "visible" && callback(), 1_000);
  listen(document, { visibilitychange: callback }, signal);
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
