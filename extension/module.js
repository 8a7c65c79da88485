/* One of the two builds of the backend: loaded when somebody needs it, thrown away when it traps, and loaded anew for the next. */
import { compile } from "./build.js";

/** The backend cannot run here, and trying again will not help. */
export class Unavailable extends Error {}

/** The instance trapped while it worked on this. */
export class Trapped extends Error {}

/**
 * What the glue of a build offers.
 * @template B
 * @typedef {object} Glue
 * @property {string} name its file's, and that of the module beside it
 * @property {(options: { module_or_path: WebAssembly.Module }) => Promise<unknown>} init
 * @property {() => void} reset puts a new instance in the place of the old one
 * @property {new (end: AbortSignal, early: Promise<unknown>) => B} Backend
 */

/**
 * @template B
 * @typedef {object} Instance
 * @property {B} backend
 * @property {AbortSignal} end aborted when the instance is thrown away
 */

/**
 * @param {unknown} error
 * @returns {error is WebAssembly.RuntimeError}
 */
export function isTrap(error) {
  return typeof WebAssembly !== "undefined" && error instanceof WebAssembly.RuntimeError;
}

/** @template B */
export class Module {
  #glue;
  #prepare;
  #begin;
  /** @type {Promise<Instance<B>> | undefined} */
  #current;
  /** Its end. */
  #ending = new AbortController();
  #loaded = false;
  #calls = 0;

  /**
   * @param {Glue<B>} glue
   * @param {() => Promise<{ early: Promise<unknown> }>} prepare what comes before loading; `early`: what the session store held
   * @param {(instance: Instance<B>) => void} begin what comes before an instance's first call
   */
  constructor(glue, prepare, begin) {
    this.#glue = glue;
    this.#prepare = prepare;
    this.#begin = begin;
  }

  /** Whether an instance is there, or on its way. */
  get isWanted() {
    return this.#current !== undefined;
  }

  /** Whether an instance is there. */
  get isLoaded() {
    return this.#loaded;
  }

  /** Whether calls are under way. */
  get isBusy() {
    return this.#calls > 0;
  }

  /** @returns {Promise<Instance<B>>} rejects with `Unavailable`, with `Outdated`, or with why it could not be loaded */
  instance() {
    if (!this.#current) {
      const loading = this.#load();
      this.#current = loading;
      // What could not be loaded is tried again by the next one who asks.
      loading.catch(() => {
        if (this.#current === loading) this.#current = undefined;
      });
    }
    return this.#current;
  }

  async #load() {
    // Policies that switch off the just-in-time compiler take WebAssembly away as a whole.
    if (typeof WebAssembly === "undefined") throw new Unavailable(chrome.i18n.getMessage("wasm_off"));
    const end = this.#ending.signal;
    const { early } = await this.#prepare();
    const url = chrome.runtime.getURL(`extension/pkg/${this.#glue.name}_bg.wasm`);
    await this.#glue.init({ module_or_path: await compile(url) });
    const instance = { backend: new this.#glue.Backend(end, early), end };
    this.#loaded = true;
    this.#begin(instance);
    return instance;
  }

  /**
   * Does this with the instance, if there is one or one is on its way.
   * @param {(backend: B) => void} call
   */
  tell(call) {
    this.#current?.then(({ backend, end }) => end.aborted || call(backend)).catch(() => {});
  }

  /**
   * Calls the backend.
   * @template T
   * @param {(backend: B) => T | Promise<T>} call
   * @returns {Promise<T>} rejects with `Unavailable`, with `Outdated`, with `Trapped`, or with why the module could not be loaded
   */
  async use(call) {
    this.#calls += 1;
    /** @type {() => void} */
    let leave = () => {};
    try {
      const { backend, end } = await this.instance();
      const trapped = new Promise((_, reject) => {
        const stop = () => reject(end.reason);
        end.addEventListener("abort", stop);
        leave = () => end.removeEventListener("abort", stop);
      });
      try {
        return await Promise.race([call(backend), /** @type {Promise<never>} */ (trapped)]);
      } catch (error) {
        if (!isTrap(error)) throw error;
        if (!end.aborted) this.discard(error);
        throw end.reason;
      }
    } finally {
      leave();
      this.#calls -= 1;
    }
  }

  /** Whether this trap is of this build, as far as its places tell. @param {Error} trap */
  isOf(trap) {
    return trap.stack?.includes(`/${this.#glue.name}_bg.wasm`) ?? false;
  }

  /**
   * Throws the trapped instance away. Whoever waits for it is told through the signal, and its locks are free. The console gets
   * the numbers of the module's functions, which hold nothing of what was being worked on.
   * @param {Error} trap
   */
  discard(trap) {
    // What is still loading has not trapped.
    if (!this.#loaded) return;
    const places = trap.stack?.match(/wasm-function\[\d+\](?::0x[\da-f]+)?/g) ?? [];
    console.error(`Chat for Jira: the backend (${this.#glue.name}) trapped at`, places.join(" "));
    this.#drop(new Trapped("the backend trapped"));
  }

  /** Gives up an instance that has nothing more to do: its memory is free. */
  retire() {
    this.#drop(undefined);
  }

  /** @param {Trapped | undefined} reason none: nobody waits for it */
  #drop(reason) {
    const end = this.#ending;
    this.#current = undefined;
    this.#loaded = false;
    this.#ending = new AbortController();
    this.#glue.reset();
    end.abort(reason);
  }
}
