/** The chosen account: its card, what its state means, and, where they are looked at, its token, figures and history. */

import { byId, everySecond, on, setText } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, errorView, message } from "../lib/extension.js";
import * as card from "./account.js";

/** @import {AccountDetails, AccountView, EventView} from "../lib/contract.d.ts" */

/** A refresh says several things at once; the figures are read once after them. Milliseconds. */
const PAUSE = 200;

/** @type {AccountView | null} */
let shown = null;
/** Of the account that is shown; none while they are not there, or not looked at. @type {AccountDetails | null} */
let known = null;
/** Loaded when first looked at. @type {typeof import("./facts.js") | null} */
let facts = null;
let looked = false;
/** Tells what was done here. @type {(account: AccountView) => void} */
let told;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {Parameters<typeof card.begin>[0] & { popup: boolean }} options In the popup the facts have tabs of their own. */
export function begin({ popup, changed, ...rest }) {
  looked = !popup;
  told = changed;
  const took = (/** @type {AccountView} */ account) => {
    changed(account);
    later();
  };
  card.begin({ changed: took, ...rest });
  byId("tabs").hidden = !popup;
  const look = (/** @type {HTMLElement} */ tab) => {
    document.body.dataset.tab = /** @type {HTMLInputElement} */ (tab).value;
    looked ||= document.body.dataset.tab !== "overview";
    if (looked && !known) void load();
  };
  on(byId("tabs"), "change", "input", look);
  everySecond(() => known && facts?.tick(known));
}

/** @param {AccountView | null} account */
export function show(account) {
  byId("pane").hidden = account === null;
  const other = account?.id !== shown?.id;
  shown = account;
  if (!account) return;
  if (other) hide();
  card.show(account);
  setText(byId("meaning"), message(`explain_${account.health}`));
  if (other || account.health === "locked") void load();
  else later();
}

export const { signIn, wake } = card;

/** Something happened to a token; if to this one's, its history grows. @param {EventView} event */
export function heard(event) {
  if (event.account !== shown?.id) return;
  if (known) facts?.add(event);
  later();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(() => void load(), PAUSE);
}

async function load() {
  clearTimeout(timer);
  const id = shown?.id;
  if (id === undefined || !looked) return;
  if (shown?.health === "locked") return hide(); // nothing of the inside can be read
  byId("facts-loading").hidden = known !== null;
  try {
    const [loaded, details] = await Promise.all([import("./facts.js"), call("account_details", { account: id })]);
    if (!isOpen(id)) return;
    if (!facts) loaded.begin({ changed: told, done: () => void load() });
    facts = loaded;
    known = details;
    placeError(byId("pane-notices"), null);
    byId("facts").hidden = false;
    facts.show(details);
  } catch (error) {
    if (isOpen(id)) complain(error);
  } finally {
    byId("facts-loading").hidden = true;
  }
}

/** Whether this account is still the one shown, and not locked. @param {string} id */
function isOpen(id) {
  return shown?.id === id && shown.health !== "locked";
}

function hide() {
  known = null;
  byId("facts").hidden = true;
  placeError(byId("pane-notices"), null);
}

/** @param {unknown} error */
function complain(error) {
  const retry = () => {
    placeError(byId("pane-notices"), null);
    void load();
  };
  placeError(byId("pane-notices"), errorView(error), { retry });
}
