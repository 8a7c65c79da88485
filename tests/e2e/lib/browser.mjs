/* A real Edge or Chromium with the extension in it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { EXTENSION_ID, PLACES } from "../../tools/tree.mjs";
import { until } from "./until.mjs";

export const PAGES = {
  popup: "www/popup/popup.html",
  panel: "www/panel/panel.html",
  options: "www/options/options.html",
};

/** Where a program is, if it is installed. @param {string} name @returns {string | undefined} */
export function whereIs(name) {
  try {
    return execFileSync("sh", ["-c", `command -v ${name}`])
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}

/** @returns {string} the program to start */
export function browserProgram() {
  if (process.env.BROWSER) return process.env.BROWSER;
  for (const name of ["microsoft-edge", "microsoft-edge-stable", "chromium", "chromium-browser", "google-chrome"]) {
    const found = whereIs(name);
    if (found) return found;
  }
  throw new Error("no browser found: install Microsoft Edge or Chromium, or set BROWSER to its program");
}

/** What keeps a browser from asking, updating itself or talking to anybody but us. */
const QUIET = [
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Chromium asks for the next address itself when it has to: no test may depend on the net.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/** @typedef {import("puppeteer-core").Page} Page */

/**
 * @typedef {object} LaunchOptions
 * @property {string} [profile] a folder to keep the profile in; without one it is temporary
 * @property {string[]} [folders] the extensions to load, ours first (default: the demo flavour)
 * @property {boolean} [headless]
 * @property {string} [program] what to start in place of the browser
 * @property {string[]} [args]
 * @property {{ width: number, height: number } | null} [viewport]
 * @property {string} [language]
 */

export class Browser {
  /** @type {import("puppeteer-core").Browser} */
  #browser;
  /** @type {LaunchOptions & { profile: string }} */
  #options;
  #temporary;
  /** Everything our pages and worker wrote to their consoles, for the report of a failure. @type {string[]} */
  console = [];

  /**
   * @param {import("puppeteer-core").Browser} browser
   * @param {LaunchOptions & { profile: string }} options
   * @param {boolean} temporary whether the profile goes when the browser does
   */
  constructor(browser, options, temporary) {
    this.#browser = browser;
    this.#options = options;
    this.#temporary = temporary;
  }

  /** @param {LaunchOptions} [options] */
  static async launch(options = {}) {
    const temporary = options.profile === undefined;
    const profile = options.profile ?? mkdtempSync(join(tmpdir(), "chat-for-jira-"));
    mkdirSync(profile, { recursive: true });
    const settled = { ...options, profile };
    const browser = new Browser(await start(settled), settled, temporary);
    await browser.#settle();
    return browser;
  }

  /** Ends the browser and starts it again with the same profile. */
  async restart() {
    await this.#browser.close();
    this.#browser = await start(this.#options);
    await this.#settle();
  }

  /** Ends the browser's main process as a power cut would, and starts it again with the same profile. */
  async crash() {
    const main = this.#browser.process();
    if (!main) throw new Error("the browser has no process");
    if (main.exitCode === null && main.signalCode === null) {
      const ended = new Promise((resolve) => main.once("exit", resolve));
      process.kill(/** @type {number} */ (main.pid), "SIGKILL");
      await ended;
    }
    this.#browser = await start(this.#options);
    await this.#settle();
  }

  async close() {
    await this.#browser.close();
    if (this.#temporary) rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  /** Its folder on disk. */
  get profile() {
    return this.#options.profile;
  }

  get puppeteer() {
    return this.#browser;
  }

  /** Waits until the browser is closed by whoever looks at it. */
  gone() {
    return new Promise((resolve) => this.#browser.once("disconnected", resolve));
  }

  /** The first run opens the options page; pages of the browser itself are closed. */
  async #settle() {
    await this.#browser.waitForTarget((target) => target.type() === "service_worker" && ours(target), {
      timeout: 10_000,
    });
    // While the first run's tab loads, whoever opens another or reaches into the worker can leave one of them waiting for a debugger for
    // ever. A later run opens none.
    const first = (/** @type {import("puppeteer-core").Target} */ target) => target.url().endsWith(PAGES.options);
    const tab = await this.#browser.waitForTarget(first, { timeout: 2_000 }).catch(() => null);
    await (await tab?.page())?.waitForFunction(() => document.readyState === "complete");
  }

  /**
   * Opens one of our pages in a tab.
   * @param {string} path
   * @returns {Promise<Page>}
   */
  async page(path) {
    const page = await this.#browser.newPage();
    if (this.#options.viewport) await page.setViewport(this.#options.viewport);
    page.on("console", (message) => this.console.push(`${path}: ${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => this.console.push(`${path}: ${error}`));
    await page.goto(`chrome-extension://${EXTENSION_ID}/${path}`);
    return page;
  }

  /** The addresses of all tabs and windows. */
  async addresses() {
    return (await this.#browser.pages()).map((page) => page.url());
  }

  /**
   * The window that a sign-in opens.
   * @param {string} base how its address begins
   * @returns {Promise<Page>}
   */
  async consentWindow(base) {
    const target = await this.#browser.waitForTarget((each) => each.url().startsWith(base) && each.type() === "page", {
      timeout: 15_000,
    });
    const page = await target.asPage();
    return page;
  }

  /** Whether a window whose address begins with `base` is open. @param {string} base */
  hasWindow(base) {
    return this.#browser.targets().some((target) => target.url().startsWith(base));
  }

  /** Ends the worker as the browser does when it has idled, and waits until it is gone. */
  async killWorker() {
    await endWorker(this.#browser, EXTENSION_ID);
  }

  /**
   * Runs a function inside the worker, which is started if need be.
   * @template T
   * @param {(...args: any[]) => T | Promise<T>} run
   * @param {unknown[]} args
   */
  async inWorker(run, ...args) {
    const target = await this.#browser.waitForTarget((each) => each.type() === "service_worker" && ours(each));
    const worker = await target.worker();
    if (!worker) throw new Error("the worker cannot be reached");
    return worker.evaluate(run, ...args);
  }
}

/**
 * Ends an extension's worker as the browser does when it has idled, and waits until it is gone. Asked through the browser's own list of
 * workers: closing it as a target can hit the one that starts in its place, which then waits for a debugger for ever.
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} id the extension's
 */
export async function endWorker(browser, id) {
  const [page] = await browser.pages();
  if (!page) throw new Error("no tab is open through which the browser could be asked");
  const session = await page.createCDPSession();
  /** @type {Map<string, string>} */
  const running = new Map();
  const ended = new Set();
  session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
    for (const { versionId, scriptURL, runningStatus } of versions) {
      if (!scriptURL.startsWith(`chrome-extension://${id}/`)) continue;
      running.set(versionId, runningStatus);
      if (runningStatus === "stopped") ended.add(versionId);
    }
  });
  try {
    await session.send("ServiceWorker.enable");
    await until("the browser has listed its workers", () => running.size > 0);
    for (const versionId of running.keys()) await session.send("ServiceWorker.stopWorker", { versionId });
    await until("the worker is gone", () => [...running.keys()].every((versionId) => ended.has(versionId)));
  } finally {
    await session.detach().catch(() => {}); // its tab may have been closed meanwhile
  }
}

/** @param {import("puppeteer-core").Target} target */
const ours = (target) => target.url().startsWith(`chrome-extension://${EXTENSION_ID}/`);

/** @param {LaunchOptions & { profile: string }} options */
function start(options) {
  const root = process.getuid?.() === 0;
  const settings = {
    executablePath: options.program ?? browserProgram(),
    pipe: true,
    headless: options.headless ?? true,
    userDataDir: options.profile,
    enableExtensions: options.folders ?? [PLACES.demo],
    defaultViewport: options.viewport === undefined ? null : options.viewport,
    // Inside a container without user namespaces the sandbox cannot start; for anybody but root it stays on.
    args: [
      ...QUIET,
      ...(root ? ["--no-sandbox"] : []),
      ...((options.headless ?? true) ? ["--disable-gpu"] : []),
      ...(options.args ?? []),
    ],
  };
  // One that ends while it starts, as happens on a busy machine, has done nothing yet.
  return puppeteer.launch(settings).catch(() => puppeteer.launch(settings));
}
