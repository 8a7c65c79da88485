// Serves the pages over http under the extension's own page policy, with a `chrome` that answers from fixtures, in a real browser.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { bundles, withIcons } from "../tools/bundle.mjs";
import { PAGES, pagePath, pageSource } from "../tools/markup.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

/**
 * What stands in for a language that is written from right to left and needs far more room: English, each word longer by the half and
 * in Hebrew letters.
 */
const PSEUDO = "pseudo";
const LETTERS = [
  ..."\u05D0\u05D1\u05D2\u05D3\u05D4\u05D5\u05D6\u05D7\u05D8\u05D9\u05DB\u05DC\u05DE\u05E0\u05E1\u05E2\u05E4\u05E6\u05E7\u05E8\u05E9\u05EA",
];

/** @param {string} text */
const pseudo = (text) =>
  text.replace(/\$\d|\p{L}+/gu, (word) => {
    if (word.startsWith("$")) return word;
    const letters = [...word].map((letter) => LETTERS[letter.charCodeAt(0) % LETTERS.length]);
    return [...letters, ...letters.slice(0, Math.ceil(letters.length / 2))].join("");
  });

/** @param {string} language one of those there are, or `pseudo` */
export async function messages(language) {
  if (language === PSEUDO) {
    const english = await messages("en");
    const entries = Object.entries(english).map(([key, { message }]) => [key, { message: pseudo(message) }]);
    return { ...Object.fromEntries(entries), language_tag: { message: "he" }, language_direction: { message: "rtl" } };
  }
  return JSON.parse(await readFile(join(root, `extension/_locales/${language}/messages.json`), "utf8"));
}

/** What the backend says, in the pseudo-language. @param {string} path @returns {Promise<string | undefined>} */
async function said(path) {
  if (path !== "/_locales/he/said.json") return undefined;
  const german = JSON.parse(await readFile(join(root, "extension/_locales/de/said.json"), "utf8"));
  const groups = Object.entries(german).map(([name, texts]) => [
    name,
    Object.fromEntries(Object.keys(texts).map((text) => [text, pseudo(text)])),
  ]);
  return JSON.stringify(Object.fromEntries(groups));
}

/**
 * Serves only what a page may load: `www/` and `extension/`.
 * @param {boolean} [shipped] as they ship, and not as they are written
 */
export async function serve(shipped = false) {
  const bundled = new Map(shipped ? bundles(root) : []);
  /** A page as it is written, also the one that stands in another's file. @param {string} path */
  const page = (path) => {
    const name = PAGES.find((each) => pagePath(each) === path);
    return name && withIcons(root, pageSource(root, name));
  };
  const manifest = JSON.parse(await readFile(join(root, "manifest.json"), "utf8"));
  const policy = manifest.content_security_policy.extension_pages;
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://x").pathname);
    if (path === "/favicon.ico") return void response.writeHead(204).end();
    try {
      if (!/^\/(www|extension|_locales)\//u.test(path)) throw new Error("not a page's file");
      const file = path.replace(/^\/_locales/u, "extension/_locales");
      const body =
        bundled.get(path.slice(1)) ?? page(path.slice(1)) ?? (await said(path)) ?? (await readFile(join(root, file)));
      response.writeHead(200, {
        "content-type": TYPES[extname(path)] ?? "application/octet-stream",
        "content-security-policy": policy,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve(undefined))),
  };
}

export function browserPath() {
  return [
    process.env.BROWSER,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/microsoft-edge",
  ].find((path) => path && existsSync(path));
}

export function launch() {
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return puppeteer.launch({
    executablePath: browserPath(),
    args: [
      ...asRoot,
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--hide-scrollbars",
    ],
  });
}

/**
 * Runs in the page, before its scripts. One-shot commands answer `oneShot[command]`, or one of its `cases`; streams play `streams[command]`, a list of
 * messages, and stay open when it has no end; `null` in place of an answer is a worker that does not answer.
 */
function fakeChrome({ texts, oneShot, streams, gone, storage, session }) {
  Object.assign(localStorage, storage);
  const calls = [];
  const ports = [];
  const events = () => {
    const listeners = [];
    return {
      addListener: (f) => listeners.push(f),
      removeListener() {},
      fire: (...values) => listeners.forEach((f) => f(...values)),
    };
  };
  // an answer may depend on what was asked: the first whose part of the arguments is in them
  const chosen = (answer, args) =>
    answer?.cases ? (answer.cases.find(([part]) => within(part, args))?.[1] ?? answer.otherwise) : answer;
  const within = (part, whole) =>
    typeof part !== "object" || part === null
      ? part === whole
      : Object.entries(part).every(([key, value]) => within(value, whole?.[key]));
  const later = (work) => setTimeout(work, 0);
  window.__calls = calls;
  window.__event = (event) => ports.forEach((port) => port.onMessage.fire({ event }));
  window.__push = (overview) => window.__event({ kind: "overview", overview });
  window.__answer = (command, answer) => {
    oneShot[command] = answer;
  };
  const nothing = async () => {};
  const log =
    (name, answer) =>
    async (...values) => {
      calls.push([name, ...values]);
      return answer;
    };
  window.chrome = {
    runtime: {
      id: gone ? undefined : "fake",
      ContextType: { TAB: "TAB" },
      getURL: (path) => `${location.origin}/${path}`,
      getContexts: async () => [],
      sendMessage: async (message) => {
        calls.push(["sendMessage", message]);
        const answer = chosen(oneShot[message.command], message.args);
        if (answer === null) throw new Error("Could not establish connection. Receiving end does not exist.");
        if (answer === "never") return new Promise(() => {});
        return structuredClone(answer);
      },
      connect: () => {
        const port = {
          onMessage: events(),
          onDisconnect: events(),
          disconnect() {},
          postMessage(message) {
            calls.push(["post", message]);
            if (!message.command) return;
            (streams[message.command] ?? []).forEach((part) =>
              later(() => port.onMessage.fire({ id: message.id, ...structuredClone(part) })),
            );
          },
        };
        ports.push(port);
        return port;
      },
    },
    i18n: {
      getUILanguage: () => texts.language_tag.message,
      getMessage: (key, values = []) =>
        (texts[key]?.message ?? "").replace(/\$(\d)/gu, (_, n) => values[Number(n) - 1] ?? ""),
    },
    permissions: { request: log("permissions.request", true) },
    sidePanel: { open: log("sidePanel.open") },
    storage: {
      session: { get: async () => session, set: log("storage.session.set"), remove: nothing, onChanged: events() },
    },
    tabs: {
      create: log("tabs.create", { id: 9, windowId: 7 }),
      update: nothing,
      query: async () => [],
      getCurrent: nothing,
    },
    windows: { getCurrent: async () => ({ id: 7 }), update: nothing },
  };
  window.close = () => calls.push(["close"]);
}

/** Runs in the page, before its scripts: time passes, and what repeats is repeated, when `__tick` says so. */
function fakeClock() {
  const Real = Date;
  let ahead = 0;
  const began = Real.now();
  const now = () => began + ahead;
  window.Date = /** @type {any} */ (
    class extends Real {
      /** @param {...any} values */
      constructor(...values) {
        super(.../** @type {[any]} */ (values.length > 0 ? values : [now()]));
      }
      static now() {
        return now();
      }
    }
  );
  const repeated = new Map();
  let last = 0;
  window.setInterval = /** @type {any} */ (
    (/** @type {() => void} */ callback) => {
      last += 1;
      repeated.set(last, callback);
      return last;
    }
  );
  window.clearInterval = (id) => void repeated.delete(id);
  /** @type {any} */ (window).__tick = (/** @type {number} */ ms) => {
    ahead += ms;
    for (const callback of [...repeated.values()]) callback();
  };
}

/** How a page can be painted: light, dark, or in the few colours that a person has chosen for everything. */
export const SCHEMES = /** @type {const} */ (["light", "dark", "forced"]);

/** @param {import("puppeteer-core").Page} page @param {(typeof SCHEMES)[number]} scheme */
export async function paint(page, scheme) {
  const session = await page.createCDPSession();
  await session.send("Emulation.setEmulatedMedia", {
    features: [
      { name: "prefers-color-scheme", value: scheme === "dark" ? "dark" : "light" },
      { name: "forced-colors", value: scheme === "forced" ? "active" : "none" },
      { name: "prefers-reduced-motion", value: "reduce" },
    ],
  });
}

/** The pages that are open in this process. @type {Set<import("puppeteer-core").Page>} */
const pages = new Set();

/** Runs in the page: so much of its own time, the next picture, and what that began. A tab behind another paints none. */
const rest = (/** @type {number} */ ms) =>
  new Promise((resolve) => {
    const painted = () =>
      Promise.race([new Promise(requestAnimationFrame), new Promise((then) => setTimeout(then, 100))]);
    setTimeout(() => void painted().then(() => setTimeout(resolve)), ms);
  });

/**
 * Waits until the pages have done what they were about to do. Counted in each page's own time: a page that a busy machine lets wait is
 * waited for.
 * @param {number} [ms] longer than what a page waits for by itself
 */
export const settled = async (ms = 60) => {
  const gone = () => {}; // a page that goes to another address has nothing left to do
  await Promise.all([...pages].map((page) => page.evaluate(rest, ms).catch(gone)));
  if (pages.size === 0) await new Promise((resolve) => setTimeout(resolve, ms));
};

const CLICKABLE = 10_000;

/** Clicks what a person would wait for: something that is there, and has a place. @param {import("puppeteer-core").Page} page */
function clickWithPatience(page) {
  const click = page.click.bind(page);
  page.click = async (selector, options) => {
    const end = Date.now() + CLICKABLE;
    for (;;) {
      try {
        return await click(selector, options);
      } catch (error) {
        if (Date.now() > end || !/not clickable|failed to find element/iu.test(String(error))) throw error;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }
  };
}

/**
 * @typedef {{ language?: string, scheme?: "light" | "dark" | "forced", width?: number, height?: number, hash?: string,
 *   gone?: boolean, clock?: boolean, events?: import("../../www/lib/contract.d.ts").BackendEvent[], oneShot?: Record<string, any>, streams?: Record<string, any[]>, storage?: Record<string, string>,
 *   session?: (origin: string) => Record<string, unknown> }} Setting `session`: what the session store holds
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} origin
 * @param {"popup" | "panel" | "options" | "dashboard"} name
 * @param {Setting} setting
 */
export async function open(browser, origin, name, setting = {}) {
  const page = await browser.newPage();
  clickWithPatience(page);
  pages.add(page);
  page.once("close", () => pages.delete(page));
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.setViewport({ width: setting.width ?? 360, height: setting.height ?? 600 });
  await paint(page, setting.scheme ?? "light");
  const texts = await messages(setting.language ?? "en");
  await page.evaluateOnNewDocument(() => {
    // what an earlier page kept is not there; what this one keeps outlives a reload
    if (!sessionStorage.getItem("begun")) localStorage.clear();
    sessionStorage.setItem("begun", "yes");
  });
  if (setting.clock) await page.evaluateOnNewDocument(fakeClock);
  await page.evaluateOnNewDocument(fakeChrome, {
    texts,
    oneShot: setting.oneShot ?? {},
    streams: setting.streams ?? {},
    storage: setting.storage ?? {},
    session: setting.session?.(origin) ?? {},
    gone: setting.gone ?? false,
  });
  await page.goto(`${origin}/www/${name}/${name}.html${setting.hash ?? ""}`);
  if (setting.oneShot?.overview !== "never")
    await page.waitForFunction(() => document.body.dataset.state !== "loading", { timeout: 10_000 }).catch(() => {});
  for (const event of setting.events ?? [])
    await page.evaluate((given) => /** @type {any} */ (window).__event(given), /** @type {any} */ (event));
  await settled(0);
  return {
    page,
    complaints,
    calls: () => page.evaluate(() => /** @type {any} */ (window).__calls),
    close: () => page.close(),
  };
}
