/* The backend: a small module that shows accounts and keeps them fresh, with which the worker starts, and the whole one, which also
   signs in and chats, and is loaded when somebody is about to.

   Once the whole one is there it is the only one to get anything new; the small one finishes what it has begun and goes. All that
   lasts is in the browser's storage, where both write under the same locks, and only over what they have read. */
import { PREPARED, preparedFor } from "../www/lib/prepared.js";
import { WHOLE } from "./commands.js";
import { isTrap, Module, Trapped } from "./module.js";
import initCore, { Backend as Core, __wbg_reset_state as resetCore } from "./pkg/core.js";
import initWhole, { __wbg_reset_state as resetWhole, Backend as Whole } from "./pkg/whole.js";

/** @typedef {{ post: (message: object) => void, sender: chrome.runtime.MessageSender | undefined, close: () => void }} Page */

/** Milliseconds in which the message that a worker was started for usually comes. */
const BREATH = 20;
/** After the first answer: what is looked after in the background must not slow it down. */
const SETTLED = 250;

/** Somebody needs the small module, which is there or begun: no more waiting. */
let hurry = () => {};

/**
 * What the session store holds under that name, as long as no backend of this worker can have changed it.
 * @type {Promise<{ [key: string]: unknown }> | undefined}
 */
let untouched;

/** The open pages: every instance knows them, and can push to them. @type {Map<number, Page>} */
const pages = new Map();

/** @type {Module<Core>} */
const core = new Module(
  { name: "core", init: initCore, reset: resetCore, Backend: Core },
  async () => {
    const early = chrome.storage.session.get(PREPARED).catch(() => ({}));
    untouched = early;
    // Compiling would hold up the message that this worker was started for, which may have a prepared answer: that one first. Where
    // the whole module is on its way, this one is compiled only for somebody who cannot wait for it.
    await new Promise((go) => {
      hurry = () => go(undefined);
      setTimeout(() => whole.isWanted || go(undefined), BREATH);
    });
    return { early: untouched ?? Promise.resolve({}) };
  },
  introduce,
);

/** @type {Module<Whole>} */
const whole = new Module(
  { name: "whole", init: initWhole, reset: resetWhole, Backend: Whole },
  async () => ({ early: Promise.resolve({}) }),
  (instance) => {
    introduce(instance);
    instance.end.addEventListener("abort", () => {
      grown = false;
    });
    takeOver();
  },
);

/** Whether the whole module gets everything new. */
let grown = false;

/** @param {import("./module.js").Instance<Core | Whole>} instance */
function introduce({ backend, end }) {
  for (const [id, { post, sender }] of pages) backend.open_port(id, post, sender);
  end.addEventListener("abort", () => {
    if (!(end.reason instanceof Trapped)) return;
    // The pages open other connections, and take their requests up again.
    for (const [id, page] of pages) {
      leave(id);
      page.close();
    }
  });
}

/** The whole module is there. */
function takeOver() {
  grown = true;
  retireCore();
  setTimeout(() => whole.tell((backend) => void backend.begin_chat()), SETTLED);
}

/** Gives the small module up once it has nothing more to do. */
function retireCore() {
  if (grown && core.isLoaded && !core.isBusy) core.retire();
}

/** @param {Error} trap */
function discard(trap) {
  const theirs = [core, whole].filter((module) => module.isOf(trap));
  // Where the browser does not tell whose it is, it may be either's.
  for (const module of theirs.length > 0 ? theirs : [core, whole]) module.discard(trap);
}

// A trap inside a task of the backend comes out here, not where the task was started.
self.addEventListener("error", (event) => {
  if (isTrap(event.error)) discard(event.error);
});
self.addEventListener("unhandledrejection", (event) => {
  if (isTrap(event.reason)) discard(event.reason);
});

/**
 * The answer to `overview` that a backend has prepared for this page, if it holds still and nobody asked this one anything.
 * @param {string | undefined} page
 * @returns {Promise<unknown>}
 */
export async function preparedOverview(page) {
  const kept = (await untouched)?.[PREPARED];
  return untouched ? preparedFor(kept, page) : undefined;
}

/**
 * Has every instance know a page, those to come too.
 * @param {number} id
 * @param {Page} page
 */
export function enter(id, page) {
  pages.set(id, page);
  for (const module of [core, whole]) module.tell((backend) => backend.open_port(id, page.post, page.sender));
}

/** A page has gone. @param {number} id */
export function leave(id) {
  if (!pages.delete(id)) return;
  for (const module of [core, whole]) module.tell((backend) => backend.close_port(id));
}

/**
 * Has a backend ready for whoever calls next.
 * @returns {Promise<unknown>} rejects as `use`
 */
export function wake() {
  if (grown) return whole.instance();
  const instance = core.instance();
  hurry();
  return instance;
}

/**
 * Calls the backend.
 * @template T
 * @param {(backend: Core | Whole) => T | Promise<T>} call
 * @param {string} [command] what it is, if it is a command: for some the whole module is loaded
 * @returns {Promise<T>} rejects with `Unavailable`, with `Outdated`, with `Trapped`, or with why the module could not be loaded
 */
export async function use(call, command = "") {
  if (grown || WHOLE.has(command)) return useWhole(call);
  const answering = core.use(async (backend) => {
    untouched = undefined;
    const answer = await call(backend);
    finish(backend);
    return answer;
  });
  hurry();
  try {
    return await answering;
  } finally {
    // What was just done there is not known here.
    if (grown) whole.tell((backend) => void backend.look_again());
    retireCore();
  }
}

/**
 * Calls the whole backend, which is loaded if it is not there.
 * @template T
 * @param {(backend: Whole) => T | Promise<T>} call
 * @returns {Promise<T>} as `use`
 */
export function useWhole(call) {
  return whole.use((backend) => {
    untouched = undefined;
    return call(backend);
  });
}

/**
 * Has the whole backend ready for whoever asks next.
 * @returns {Promise<unknown>} rejects as `use`
 */
export function wakeWhole() {
  return whole.instance();
}

/** Has the whole backend do what the small one left over. @param {Core} backend */
function finish(backend) {
  for (let id = backend.left_over(); id !== undefined; id = backend.left_over()) {
    const account = id;
    useWhole((other) => other.ask_silently(account)).catch((error) => console.warn("Chat for Jira:", error));
  }
}

// The worker was started because somebody wants something: begin at once, before the browser says who.
core.instance().then(retireCore, () => {});
