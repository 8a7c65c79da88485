/* The one instance of the backend: loaded once, thrown away when it traps, and loaded anew for the next one who asks. */
import init, { __wbg_reset_state, Backend } from "./pkg/chat_for_jira.js";

/** The backend cannot run here, and trying again will not help. */
export class Unavailable extends Error {}

/** The instance trapped while it worked on this. */
export class Trapped extends Error {}

/**
 * @typedef {object} Instance
 * @property {Backend} backend
 * @property {AbortSignal} end aborted when the instance is thrown away
 */

/** Milliseconds in which the message that a worker was started for usually comes. */
const BREATH = 20;

/** Somebody needs the backend itself: no more waiting. */
let hurry = () => {};

/** Where the backend keeps what it has prepared for the first paint. */
const PREPARED = "prepared";

/**
 * What the session store holds under that name, as long as no backend of this worker can have changed it.
 * @type {Promise<{ [key: string]: unknown }> | undefined}
 */
let untouched;

/** @type {Promise<Instance> | undefined} */
let current;
/** Its end. */
let ending = new AbortController();

/** @returns {Promise<Instance>} */
async function load() {
  // Policies that switch off the just-in-time compiler take WebAssembly away as a whole.
  if (typeof WebAssembly === "undefined") {
    throw new Unavailable(
      "Chat for Jira needs WebAssembly, which is switched off in this browser. Ask your administrator to allow it for this " +
        "extension: the policies DefaultJavaScriptJitSetting and EnhanceSecurityMode switch it off.",
    );
  }
  const end = ending.signal;
  const early = chrome.storage.session.get(PREPARED).catch(() => ({}));
  untouched = early;
  // Compiling would hold up the message that this worker was started for, which may have a prepared answer: that one first.
  await new Promise((go) => {
    hurry = () => go(undefined);
    setTimeout(go, BREATH);
  });
  await init({ module_or_path: chrome.runtime.getURL("extension/pkg/chat_for_jira_bg.wasm") });
  return { backend: new Backend(end, early), end };
}

/** @returns {Promise<Instance>} */
function instance() {
  if (!current) {
    const loading = load();
    current = loading;
    // What could not be loaded is tried again by the next one who asks.
    loading.catch(() => {
      if (current === loading) current = undefined;
    });
  }
  return current;
}

/**
 * Throws the trapped instance away. Whoever waits for it is told through the signal, and its locks are free. The console gets
 * the numbers of the module's functions, which hold nothing of what was being worked on.
 * @param {Error} trap
 */
function discard(trap) {
  const places = trap.stack?.match(/wasm-function\[\d+\](?::0x[\da-f]+)?/g) ?? [];
  console.error("Chat for Jira: the backend trapped at", places.join(" "));
  const end = ending;
  current = undefined;
  ending = new AbortController();
  __wbg_reset_state();
  end.abort(new Trapped("the backend trapped"));
}

/**
 * @param {unknown} error
 * @returns {error is WebAssembly.RuntimeError}
 */
function isTrap(error) {
  return typeof WebAssembly !== "undefined" && error instanceof WebAssembly.RuntimeError;
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
 * Who may have it, and until when, was decided when it was written down.
 * @param {string | undefined} page
 * @returns {Promise<unknown>}
 */
export async function preparedOverview(page) {
  const kept = (await untouched)?.[PREPARED];
  if (!untouched || typeof kept !== "string") return undefined;
  const prepared = JSON.parse(kept);
  if (!prepared || Date.now() >= prepared.until) return undefined;
  return prepared.pages.includes(page?.split(/[?#]/)[0]) ? prepared.answer : undefined;
}

/**
 * Calls the backend.
 * @template T
 * @param {(backend: Backend, end: AbortSignal) => T | Promise<T>} call
 * @returns {Promise<T>} rejects with `Unavailable`, with `Trapped`, or with why the module could not be loaded
 */
export async function use(call) {
  const loading = instance();
  hurry();
  const { backend, end } = await loading;
  untouched = undefined;
  /** @type {() => void} */
  let stop = () => {};
  const trapped = new Promise((_, reject) => {
    stop = () => reject(end.reason);
    end.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([call(backend, end), /** @type {Promise<never>} */ (trapped)]);
  } catch (error) {
    if (!isTrap(error)) throw error;
    if (!end.aborted) discard(error);
    throw end.reason;
  } finally {
    end.removeEventListener("abort", stop);
  }
}

// The worker was started because somebody wants something: begin at once, before the browser says who.
instance().catch(() => {});
