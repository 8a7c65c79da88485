// Serves the pages over http under the extension's own page policy, with a `chrome` that answers from fixtures, in a real browser.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".png": "image/png" };

/** @param {string} language */
export async function messages(language) {
  return JSON.parse(await readFile(join(root, `extension/_locales/${language}/messages.json`), "utf8"));
}

/** Only what a page may load: `www/` and `extension/`. */
export async function serve() {
  const manifest = JSON.parse(await readFile(join(root, "manifest.json"), "utf8"));
  const policy = manifest.content_security_policy.extension_pages;
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://x").pathname);
    if (path === "/favicon.ico") return void response.writeHead(204).end();
    try {
      if (!/^\/(www|extension)\//u.test(path)) throw new Error("not a page's file");
      const body = await readFile(join(root, path));
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
    process.env.CHROMIUM,
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
function fakeChrome({ texts, oneShot, streams }) {
  const calls = [];
  const ports = [];
  const events = () => {
    const listeners = [];
    return { addListener: (f) => listeners.push(f), fire: (...values) => listeners.forEach((f) => f(...values)) };
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
      id: "fake",
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
    tabs: { create: log("tabs.create"), update: nothing },
    windows: { getCurrent: async () => ({ id: 7 }), update: nothing },
  };
  window.close = () => calls.push(["close"]);
}

/**
 * @typedef {{ language?: string, scheme?: "light" | "dark", forced?: boolean, width?: number, height?: number, hash?: string,
 *   oneShot?: Record<string, any>, streams?: Record<string, any[]>, storage?: Record<string, string> }} Setting
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} origin
 * @param {"popup" | "panel" | "options" | "dashboard"} name
 * @param {Setting} setting
 */
export async function open(browser, origin, name, setting = {}) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.setViewport({ width: setting.width ?? 360, height: setting.height ?? 600 });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: setting.scheme ?? "light" },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  const texts = await messages(setting.language ?? "en");
  await page.evaluateOnNewDocument(() => localStorage.clear());
  await page.evaluateOnNewDocument(fakeChrome, {
    texts,
    oneShot: setting.oneShot ?? {},
    streams: setting.streams ?? {},
  });
  await page.goto(`${origin}/www/${name}/${name}.html${setting.hash ?? ""}`);
  await page.waitForFunction(() => document.body.dataset.state !== "loading", { timeout: 10_000 }).catch(() => {});
  return {
    page,
    complaints,
    calls: () => page.evaluate(() => /** @type {any} */ (window).__calls),
    close: () => page.close(),
  };
}
