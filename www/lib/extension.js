/** Everything the pages need from the browser's extension API. No other file of the pages names `chrome`. */

import { BackendError } from "./backend-error.js";
import { Streams } from "./streams.js";

/** @import {Commands, ErrorView, Streams as Contract, BackendEvent} from "./contract.d.ts" */
/** @typedef {keyof typeof import("../../extension/_locales/en/messages.json")} MessageKey */

export { BackendError };

/** Pages that live in a tab. */
const PAGES = { options: "www/options/options.html", dashboard: "www/dashboard/dashboard.html" };
/** Longer than the backend's own bound for one request to a server (25 s). */
const PATIENCE = 40_000;

/**
 * A text in the person's language.
 * @param {MessageKey} key
 * @param {...(string | number)} values For `$1`, `$2` …
 */
export function message(key, ...values) {
  return chrome.i18n.getMessage(key, values.map(String)) || key;
}

/** The language of the texts, with the person's region where it is one of that language: dates and numbers follow it. */
export function language() {
  const [texts, person] = [message("language_tag"), chrome.i18n.getUILanguage()];
  return person.split("-")[0] === texts ? person : texts;
}

function unreachable() {
  const gone = !chrome.runtime?.id; // the extension was updated or switched off under an open page
  return new BackendError({
    code: "internal",
    message: gone ? "Chat for Jira was updated. Reload this page." : message("backend_unreachable"),
    action: { kind: "retry", at: null },
  });
}

/**
 * Asks once. Every one-shot command may be repeated without harm, so a worker that dies over it is asked a second time.
 * @template {keyof Commands} C
 * @param {C} command
 * @param {Commands[C]["args"]} args
 * @returns {Promise<Commands[C]["value"]>} Rejects with a BackendError only.
 */
export async function call(command, args) {
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const answer = await sendOnce({ command, args });
    if (answer?.ok) return answer.value;
    if (answer?.error) throw new BackendError(answer.error);
  }
  throw unreachable();
}

/** @param {object} request @returns {Promise<any>} `null` when nobody answered. */
async function sendOnce(request) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE, null);
  });
  try {
    return await Promise.race([chrome.runtime.sendMessage(request), late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

const streams = new Streams(() => {
  const port = chrome.runtime.connect({ name: "page" });
  port.onDisconnect.addListener(() => void chrome.runtime.lastError); // reading it keeps the console clean
  return port;
}, unreachable);

/**
 * Starts a command that reports as it goes; see `Streams.run`.
 * @template {keyof Contract} C
 * @param {C} command
 * @param {Contract[C]["args"]} args
 * @param {{ onItem?: (item: Contract[C]["item"]) => void, onProgress?: (progress: Contract[C]["progress"]) => void,
 *   signal?: AbortSignal }} [options]
 */
export function stream(command, args, options) {
  return streams.run(command, args, options);
}

/**
 * Hears pushed events until the signal aborts.
 * @param {(event: BackendEvent) => void} listener
 * @param {{ signal: AbortSignal, eager: boolean }} options
 */
export function onEvent(listener, options) {
  streams.subscribe(listener, options);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && streams.wake(), {
    signal: options.signal,
  });
  window.addEventListener("focus", () => streams.wake(), { signal: options.signal });
}

/**
 * Asks the person to grant hosts and permissions. Call it in the click, before anything is awaited.
 * @param {string[]} origins Match patterns; none is granted already.
 * @param {string[]} [permissions] Names as in the manifest.
 */
export function requestHosts(origins, permissions = []) {
  if (origins.length + permissions.length === 0) return Promise.resolve(true);
  const wanted = /** @type {chrome.permissions.Permissions} */ ({
    ...(origins.length > 0 && { origins }),
    ...(permissions.length > 0 && { permissions }),
  });
  return chrome.permissions.request(wanted).catch(() => false);
}

/** Known beforehand, since nothing may be awaited between the click and `open`. @type {number | undefined} */
let windowId;
globalThis.chrome?.windows?.getCurrent().then(
  (current) => {
    windowId = current.id;
  },
  () => {},
);

/** Opens the side panel beside this page. Call it in the click. */
export async function openPanel() {
  if (windowId !== undefined && "open" in chrome.sidePanel) await chrome.sidePanel.open({ windowId });
  else await chrome.tabs.create({ url: chrome.runtime.getURL("www/panel/panel.html") });
}

/**
 * Shows a page, in the tab that already has it if there is one.
 * @param {keyof typeof PAGES} page
 * @param {string} hash
 */
async function openPage(page, hash) {
  const url = chrome.runtime.getURL(PAGES[page]);
  const contexts = await chrome.runtime.getContexts({ contextTypes: [chrome.runtime.ContextType.TAB] }).catch(() => []);
  const open = contexts.find((context) => context.documentUrl?.startsWith(url));
  if (!open) return void (await chrome.tabs.create({ url: url + hash }));
  await chrome.tabs.update(open.tabId, { active: true, url: url + hash });
  await chrome.windows.update(open.windowId, { focused: true });
}

/** Shows the options page. @param {string} [hash] For example `#connect`. */
export function openOptions(hash = "") {
  return openPage("options", hash);
}

/** Shows the dashboard. @param {string | null} [account] The account to show there. */
export function openDashboard(account = null) {
  return openPage("dashboard", account === null ? "" : `#account=${encodeURIComponent(account)}`);
}

/** @param {string} text @returns {Promise<boolean>} whether the clipboard took it */
export function copyText(text) {
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}

/** Any failure as a view that can be shown. @param {unknown} error @returns {ErrorView} */
export function errorView(error) {
  if (error instanceof BackendError) return error.view;
  console.error(error);
  return { code: "internal", message: message("page_failed"), action: { kind: "retry", at: null } };
}
