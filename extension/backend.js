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

/** Where the backend keeps the picture of all accounts for the first paint. */
const SNAPSHOT = "snapshot";

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
  // Begun now, so that the browser looks it up while the module compiles. A failure shows when the backend asks itself.
  const early = chrome.storage.session.get(SNAPSHOT).catch(() => ({}));
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

/** Throws the trapped instance away. Whoever waits for it is told through the signal, and its locks are free. */
function discard() {
  const end = ending;
  current = undefined;
  ending = new AbortController();
  __wbg_reset_state();
  end.abort(new Trapped("the backend trapped"));
}

/** @param {unknown} error */
function isTrap(error) {
  return typeof WebAssembly !== "undefined" && error instanceof WebAssembly.RuntimeError;
}

// A trap inside a task of the backend comes out here, not where the task was started.
self.addEventListener("error", (event) => {
  if (isTrap(event.error)) discard();
});
self.addEventListener("unhandledrejection", (event) => {
  if (isTrap(event.reason)) discard();
});

/**
 * Calls the backend.
 * @template T
 * @param {(backend: Backend, end: AbortSignal) => T | Promise<T>} call
 * @returns {Promise<T>} rejects with `Unavailable`, with `Trapped`, or with why the module could not be loaded
 */
export async function use(call) {
  const { backend, end } = await instance();
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
    if (!end.aborted) discard();
    throw end.reason;
  } finally {
    end.removeEventListener("abort", stop);
  }
}

// The worker was started because somebody wants something: begin at once, before the browser says who.
instance().catch(() => {});
