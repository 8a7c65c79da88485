/** Everything the pages need from the browser's extension API. No other file of the pages names `chrome`. */

import { BackendError } from "./backend-error.js";
import { BUILD } from "./build.js";
import { chosenTexts, filled, teller } from "./chosen-language.js";
import { PREPARED, preparedFor } from "./prepared.js";
import { Streams } from "./streams.js";

/** @import {Commands, ErrorView, Streams as Contract, BackendEvent} from "./contract.d.ts" */
/** @typedef {keyof typeof import("../../extension/_locales/en/messages.json")} MessageKey */

/** Pages that live in a tab. */
const PAGES = { options: "www/options/options.html", dashboard: "www/dashboard/dashboard.html" };
/** Longer than the backend's own bound for one request to a server (25 s). */
const PATIENCE = 40_000;

/** Of a chosen language; none: the browser has them. */
const texts = await chosenTexts((path) => chrome.runtime.getURL(path));

/** A text in the person's language. @param {MessageKey} key @param {...(string | number)} values For `$1`, `$2` … */
export function message(key, ...values) {
  const chosen = texts && filled(texts[key]?.message, values);
  return chosen ?? (chrome.i18n.getMessage(key, values.map(String)) || key);
}

/** The language of the texts, with the person's region where it is one of that language: dates and numbers follow it. */
export function language() {
  const [texts, person] = [message("language_tag"), chrome.i18n.getUILanguage()];
  return person.split("-")[0] === texts ? person : texts;
}

const told = teller(message("language_tag"), (path) => chrome.runtime.getURL(path)); // what the backend says, in that language
const gone = message("updated_reload"); // it may be too late to ask for it when it is to be said

/** @param {string} text @param {ErrorView["action"]} action */
function internal(text, action = { kind: "retry", at: null }) {
  return new BackendError({ code: "internal", message: text, action });
}

function unreachable() {
  if (chrome.runtime?.id) return internal(message("backend_unreachable"));
  return internal(gone, { kind: "reload" }); // the extension was updated or switched off under an open page
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
    const answer = await sendOnce({ command, args, build: BUILD });
    if (answer?.ok) return told(answer.value);
    if (answer?.error) throw new BackendError(await told(answer.error));
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

/** The overview as it was last, to be seen while the worker starts; null where it may not hold. @returns {Promise<Commands["overview"]["value"] | null>} Never rejects. */
export const preparedOverview = async () =>
  chrome.storage.session
    .get(PREPARED)
    .then((kept) => told(preparedFor(kept[PREPARED], location.href)?.value ?? null))
    .catch(() => null);

function connect() {
  const port = chrome.runtime.connect({ name: `page ${BUILD}` });
  port.onDisconnect.addListener(() => void chrome.runtime.lastError); // reading it keeps the console clean
  return port;
}
const streams = new Streams(connect, unreachable, told);

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

/** Hears pushed events until the signal aborts. @param {(event: BackendEvent) => void} listener @param {{ signal: AbortSignal, eager: boolean }} options */
export function onEvent(listener, options) {
  streams.subscribe(listener, options);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && streams.wake(), {
    signal: options.signal,
  });
  // also when a field gets the focus: the worker starts before the first key
  window.addEventListener("focus", () => streams.wake(), { signal: options.signal, capture: true });
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
const known = (/** @type {chrome.windows.Window} */ { id }) => void (windowId = id);
globalThis.chrome?.windows?.getCurrent().then(known, () => {});

/**
 * Opens the side panel beside this page, or else in a tab. Call it in the click.
 * @param {{ text: string, account: string } | ""} [question] To be asked there at once.
 */
export async function openPanel(question) {
  const place = await showPanel();
  if (question)
    await chrome.storage.session.set({ [HANDED_OVER]: { ...question, ask: true, ...place, at: Date.now() } });
}

/** @returns {Promise<{ window?: number, tab?: number | null }>} Which panel that is. */
async function showPanel() {
  try {
    if (windowId === undefined) throw new Error("the window is not known in time");
    await chrome.sidePanel.open({ windowId });
    return { window: windowId, tab: null };
  } catch {
    const tab = await chrome.tabs.create({ url: chrome.runtime.getURL("www/panel/panel.html") });
    return { window: tab.windowId, tab: tab.id };
  }
}

/**
 * The issue in the current tab, which “this” means. The browser tells the tab's address only after the person called the extension
 * there (`activeTab`), or where the site's host was allowed: `requestHosts([origin of the site + "/*"])`.
 * @param {string} account Whose site it has to be at.
 * @returns {Promise<string | null>} Its key; null where there is none, or none that we may know of. Never rejects.
 */
export async function openIssue(account) {
  try {
    const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
    return tab?.url?.startsWith("http") ? ((await call("open_issue", { account, url: tab.url }))?.key ?? null) : null;
  } catch {
    return null; // the question can be asked without it
  }
}

/** Where the worker leaves what was typed or chosen outside the pages (`extension/handover.js`), and for how many milliseconds. */
const HANDED_OVER = "handed_over";
const FORGOTTEN = 60_000;

/**
 * What the person typed in the address bar, or chose from a menu.
 * @typedef {{ text: string, ask: boolean, account: string | null, caret: number | null }} PendingQuestion `ask`: they meant to ask it, and not to go on
 *   writing; a change waits for Enter all the same: see the command `is_question`. `account`: whose issue it speaks of.
 *   `caret`: where they go on writing, if not behind the text.
 */

/** The question that was handed over to this page; it is handed out once. @returns {Promise<PendingQuestion | null>} Never rejects. */
export async function pendingQuestion() {
  try {
    const [here, tab] = await Promise.all([chrome.windows.getCurrent(), chrome.tabs.getCurrent()]);
    return await navigator.locks.request(HANDED_OVER, async () => {
      /** @type {Record<string, any>} */
      const { [HANDED_OVER]: found } = await chrome.storage.session.get(HANDED_OVER);
      const ours = found && found.window === here.id && found.tab === (tab?.id ?? null);
      if (!ours) return null;
      await chrome.storage.session.remove(HANDED_OVER);
      const { text, ask, account, caret = null, at } = found;
      return Date.now() - at < FORGOTTEN ? { text, ask, account, caret } : null;
    });
  } catch {
    return null;
  }
}

/**
 * Hands over the question that waits for this page, if there is one, and each that comes, until the signal aborts.
 * @param {(question: PendingQuestion) => void} listener
 * @param {AbortSignal} signal
 */
export function onPendingQuestion(listener, signal) {
  const take = async () => {
    const question = signal.aborted ? null : await pendingQuestion();
    if (question) listener(question);
  };
  const changed = (/** @type {Record<string, chrome.storage.StorageChange>} */ changes) =>
    changes[HANDED_OVER]?.newValue && void take();
  const { onChanged } = chrome.storage.session;
  onChanged.addListener(changed);
  signal.addEventListener("abort", () => onChanged.removeListener(changed));
  void take();
}

/** Shows a page, in the tab that already has it if there is one. @param {keyof typeof PAGES} page @param {string} hash */
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

/** Shows the dashboard. @param {string | null} [account] The account to show there. @param {"reconnect" | ""} [action] What to do with it at once. */
export function openDashboard(account = null, action = "") {
  const hash = account === null ? "" : `#account=${encodeURIComponent(account)}`;
  return openPage("dashboard", action ? `${hash}&action=${action}` : hash);
}

/** Any failure as a view that can be shown. @param {unknown} error @returns {ErrorView} */
export function errorView(error) {
  if (error instanceof BackendError) return error.view;
  console.error(error);
  return internal(message("page_failed")).view;
}

/** Loads anew what an update has left behind: the extension, where the worker is older than the files there are, else this page. */
export async function reload() {
  const answer = await fetch("/build.txt").catch(() => null);
  const there = (await answer?.text()) ?? "";
  if (there === BUILD && chrome.runtime?.id) chrome.runtime.reload();
  else location.reload();
}
