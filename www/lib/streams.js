/** Many streams over one port that may die at any moment: the worker is stopped when it is idle, and started again when asked. */

import { BackendError } from "./backend-error.js";

/** @import {BackendEvent, Streams as Contract} from "./contract.d.ts" */

/**
 * The part of `chrome.runtime.Port` that is used, so that tests can stand in for it.
 * @typedef {{ postMessage(message: object): void, disconnect(): void, onMessage: { addListener(f: (message: any) => void): void },
 *   onDisconnect: { addListener(f: () => void): void } }} PortLike
 * @typedef {{ id: string, command: string, args: object, seq: number, sent: boolean, heard: boolean, repeated: boolean,
 *   onItem?: (item: any) => void, onProgress?: (progress: any) => void,
 *   resolve: (value: any) => void, reject: (reason: unknown) => void }} Running
 */

/** Waits before each new attempt, in ms. A message that arrives sets the count back; after the last one everything fails. */
const DELAYS = [0, 250, 1_000, 2_000, 4_000];
/** A port that lived this long (ms) belonged to a worker that could start; its end is no failure. */
const ALIVE = 1_000;
/** Asking twice changes nothing, so an ask that the dead worker never took up is simply asked again. */
const REPEATABLE = new Set(["ask", "more"]);

export class Streams {
  #connect;
  #unreachable;
  #told;
  /** @type {PortLike | null} */
  #port = null;
  /** @type {Map<string, Running>} */
  #running = new Map();
  /** Cancelled while there was no port: told to the worker with the next one, or it would go on for nobody. @type {Set<string>} */
  #cancelled = new Set();
  /** @type {Map<(event: BackendEvent) => void, { eager: boolean }>} */
  #listeners = new Map();
  #failures = 0;
  #openedAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {() => PortLike} connect Opens a port; may throw.
   * @param {() => BackendError} unreachable What streams end with when no port can be had.
   * @param {(message: any) => any} [told] A message as it is to be shown, or a promise of it; each in its turn.
   */
  constructor(connect, unreachable, told = (message) => message) {
    this.#connect = connect;
    this.#unreachable = unreachable;
    this.#told = told;
  }

  /**
   * Starts a command and resolves with its `done`. Items arrive once each and in order, also when the worker dies in between.
   * @template {keyof Contract} C
   * @param {C} command
   * @param {Contract[C]["args"]} args
   * @param {{ onItem?: (item: Contract[C]["item"]) => void, onProgress?: (progress: Contract[C]["progress"]) => void,
   *   signal?: AbortSignal }} [options] Aborting the signal cancels in the worker as well.
   * @returns {Promise<Contract[C]["done"]>} Rejects with a BackendError, or with the signal's reason.
   */
  run(command, args, { onItem, onProgress, signal } = {}) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const ended = new AbortController();
      /** @param {(value: any) => void} settle */
      const settling = (settle) => (/** @type {any} */ value) => {
        ended.abort();
        settle(value);
      };
      /** @type {Running} */
      const running = {
        id: crypto.randomUUID(),
        command,
        args,
        seq: 0,
        sent: false,
        heard: false,
        repeated: false,
        onItem,
        onProgress,
        resolve: settling(resolve),
        reject: settling(reject),
      };
      this.#running.set(running.id, running);
      signal?.addEventListener("abort", () => this.#cancel(running, signal.reason), { signal: ended.signal });
      if (this.#port) this.#post({ id: running.id, command, args });
      else this.#open();
    });
  }

  /**
   * Hears what the backend pushes, until the signal aborts.
   * @param {(event: BackendEvent) => void} listener
   * @param {{ signal: AbortSignal, eager: boolean }} options Eager listeners bring an idle worker back to stay connected
   *   (short-lived pages); the others hear again once the page is used.
   */
  subscribe(listener, { signal, eager }) {
    this.#listeners.set(listener, { eager });
    signal.addEventListener("abort", () => this.#listeners.delete(listener));
    this.wake();
  }

  /** Connects again if somebody listens: for when the person comes back to the page. */
  wake() {
    if (this.#listeners.size > 0 && !this.#port) this.#open();
  }

  #open() {
    clearTimeout(this.#timer);
    try {
      const port = this.#connect();
      this.#port = port;
      this.#openedAt = performance.now();
      const receive = (/** @type {any} */ message) => this.#port === port && this.#receive(message);
      port.onMessage.addListener((message) => {
        const told = this.#told(message);
        if (told instanceof Promise) told.then(receive);
        else receive(told);
      });
      port.onDisconnect.addListener(() => this.#port === port && this.#lost());
    } catch {
      this.#openedAt = Infinity;
      return this.#lost();
    }
    for (const id of this.#cancelled) this.#post({ id, cancel: true });
    this.#cancelled.clear();
    for (const running of this.#running.values()) this.#post(this.#opening(running));
  }

  /** What makes the worker go on with this stream: the request if it was never sent, else where we stopped hearing. @param {Running} running */
  #opening(running) {
    if (running.sent) return { id: running.id, resume: running.seq };
    return { id: running.id, command: running.command, args: running.args };
  }

  /** @param {{ id: string, [key: string]: unknown }} message */
  #post(message) {
    const running = this.#running.get(message.id);
    if (running) running.sent = true;
    try {
      this.#port?.postMessage(message);
    } catch {
      this.#lost(); // the port was already dead and its event is still on the way
    }
  }

  /** @param {any} message */
  #receive(message) {
    this.#failures = 0;
    if (message.event) return this.#listeners.forEach((_, listener) => listener(message.event));
    const running = this.#running.get(message.id);
    if (!running) return; // an echo of something cancelled
    if ("error" in message) return this.#refused(running, message.error);
    running.heard = true;
    if ("done" in message) {
      this.#running.delete(running.id);
      running.resolve(message.done);
    } else if ("progress" in message) {
      running.onProgress?.(message.progress);
    } else if (message.seq > running.seq) {
      // a resumed worker repeats what it is not sure we saw
      running.seq = message.seq;
      running.onItem?.(message.item);
    }
  }

  /** @param {Running} running @param {import("./contract.d.ts").ErrorView} error */
  #refused(running, error) {
    this.#running.delete(running.id);
    if (error.code === "interrupted" && !running.heard && !running.repeated && REPEATABLE.has(running.command)) {
      running.id = crypto.randomUUID();
      running.repeated = true;
      this.#running.set(running.id, running);
      return this.#post({ id: running.id, command: running.command, args: running.args });
    }
    running.reject(new BackendError(error));
  }

  /** @param {Running} running @param {unknown} reason */
  #cancel(running, reason) {
    if (!this.#running.delete(running.id)) return;
    if (this.#port) this.#post({ id: running.id, cancel: true });
    else if (running.sent) this.#cancelled.add(running.id);
    running.reject(reason);
  }

  #lost() {
    this.#port = null;
    clearTimeout(this.#timer);
    const busy = this.#running.size > 0 || this.#cancelled.size > 0;
    const eager =
      [...this.#listeners.values()].some((listener) => listener.eager) &&
      globalThis.document?.visibilityState !== "hidden";
    if (performance.now() - this.#openedAt >= ALIVE) this.#failures = 0;
    const delay = DELAYS[this.#failures];
    this.#failures += 1;
    if (delay !== undefined && (busy || eager)) this.#timer = setTimeout(() => this.#open(), delay);
    else if (delay === undefined) this.#giveUp();
  }

  #giveUp() {
    this.#failures = 0;
    this.#cancelled.clear();
    const all = [...this.#running.values()];
    this.#running.clear();
    for (const running of all) running.reject(this.#unreachable());
  }
}
