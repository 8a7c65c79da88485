/** The dashboard, as a page and as the popup: all accounts, all there is to know about one of them, and the watch over their tokens. */

import "../lib/first-overview.js"; // first: the answer is on its way while the rest is read
import "../shared.js";
import { busily } from "../elements/busy-button.js";
import { copy, toast } from "../elements/toast-region.js";
import { chooseAccount, chosenAccount } from "../lib/chosen-account.js";
import { actions, asking, byId, h, listen, localize, showOffline, webLink } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, errorView, message, openDashboard, openOptions, openPanel } from "../lib/extension.js";
import { icon, placeIcons } from "../lib/icons.js";
import { problemOf, watchOverview } from "../lib/overview.js";
import { saveFile } from "../lib/save-file.js";
import * as picker from "./account-picker.js";
import * as pane from "./pane.js";
import * as watch from "./watch.js";

/** @import {AccountView, Overview, SignedOut} from "../lib/contract.d.ts" */

localize();
placeIcons();

/** Nothing works until somebody does something. @type {AccountView["health"][]} */
const INACTIVE = ["reauth_required", "misconfigured", "expired"];
/** So many are woken when the popup opens; the rest is the alarm's. */
const MOST_WOKEN = 20;

const popup = document.body.classList.contains("popup");
const notices = byId("notices");
/** @type {Overview | null} */
let current = null;
/** Which account is shown; the address says so too. @type {string | null} */
let chosen = wanted().get("account");

picker.begin(choose);
pane.begin({ changed, left: signedOut, chat, popup });
const overview = watchOverview({
  show,
  some: popup,
  patch,
  heard: pane.heard,
  fail: complain,
  eager: true,
});
listen(window, { hashchange: followAddress });
showOffline();

const clearAll = asking("clear-all");
const diagnostics = byId("diagnostics", HTMLDialogElement);
const told = byId("diagnostics-text");
/** Shows what a command answers. @param {() => Promise<Overview>} ask @returns {(button: HTMLElement) => void} */
const taking = (ask) => (button) => void busily(button, async () => overview.take(await ask()), complain);

actions(document, {
  options: () => void leaveFor(() => openOptions()),
  connect: () => void leaveFor(() => openOptions("#connect")),
  dashboard: () => void leaveFor(() => openDashboard(chosen)),
  lock: taking(() => call("lock", {})),
  "refresh-all": taking(() => call("refresh_all", {})),
  "watch-toggle": taking(() => call("monitor", { running: !watch.running() })),
  diagnostics: (button) => void busily(button, showDiagnostics, complain),
  "diagnostics-save": saveDiagnostics,
  "diagnostics-copy": () => copy(told.textContent ?? ""),
  "diagnostics-close": () => diagnostics.close(),
  "clear-all-yes": (button) => void busily(button, clearTokens, complain),
});

/** @param {Overview} view */
function show(view) {
  const first = document.body.dataset.state === "loading";
  current = view;
  const { accounts, lock, problem } = view;
  document.body.dataset.state = accounts.length > 0 ? "accounts" : "empty";
  byId("empty").hidden = accounts.length > 0 || problem !== null;
  byId("switcher").hidden = popup && accounts.length < 2;
  byId("lock-now").hidden = lock !== "unlocked";
  if (!popup) byId("version").textContent = message("version", view.version);
  watch.show(view.status, needsWatch(view));
  const account = shown(accounts);
  picker.show(accounts, account?.id ?? null);
  if (first || account?.id !== chosen) picker.choose(account?.id ?? null);
  chosen = account?.id ?? null;
  pane.show(account);
  if (problemOf(view) || !notices.querySelector("[data-testid=signed-out]"))
    placeError(notices, problemOf(view), { retry });
  if (!first) return;
  performance.mark("first-content");
  followAddress();
  if (popup) void wake(accounts);
}

/** @param {AccountView} account @param {Overview} view */
function patch(account, view) {
  current = view;
  picker.patch(account);
  watch.show(view.status, needsWatch(view));
  if (account.id === chosen) pane.show(account);
}

/** By what was done here. @param {AccountView} account */
function changed(account) {
  if (current)
    patch(account, { ...current, accounts: current.accounts.map((each) => (each.id === account.id ? account : each)) });
}

/** While it is locked nothing is watched, which is said where the passphrase is asked for. @param {Overview} view */
function needsWatch({ accounts, lock }) {
  return accounts.length > 0 && lock !== "locked";
}

/** The account the person chose, or else the first that needs them, or else the one they chat with. @param {AccountView[]} accounts */
function shown(accounts) {
  const find = (/** @type {string | null} */ wanted) => accounts.find(({ id }) => id === wanted);
  return (
    find(chosen) ??
    accounts.find(({ health }) => INACTIVE.includes(health)) ??
    find(chosenAccount()) ??
    accounts[0] ??
    null
  );
}

/** @param {string | null} id */
function choose(id) {
  const account = current?.accounts.find((each) => each.id === id);
  if (!account || id === null) return;
  chosen = id;
  history.replaceState(null, "", `#account=${encodeURIComponent(id)}`);
  picker.choose(id);
  pane.show(account);
}

/** What the address names. */
function wanted() {
  return new URLSearchParams(location.hash.slice(1));
}

/** Does what the address asks for, once. */
function followAddress() {
  const address = wanted();
  choose(address.get("account"));
  if (address.get("action") === "reconnect" && address.get("account") === chosen) void pane.signIn();
}

/** Opening the popup is reason enough to renew what ended meanwhile. @param {AccountView[]} accounts */
async function wake(accounts) {
  const ended = accounts.filter(({ health, can_refresh }) => health === "expired" && can_refresh).slice(0, MOST_WOKEN);
  if (ended.length === 0) return;
  const wake = (/** @type {AccountView} */ { id }) =>
    id === chosen ? pane.wake() : call("get_token", { account: id, force_refresh: false });
  await Promise.allSettled(ended.map(wake));
  await overview.reload();
}

/** Opens the chat, inside the click. @param {string} id */
function chat(id) {
  chooseAccount(id);
  openPanel().then(() => popup && window.close(), complain);
}

/** What remains to be said after a sign-out. @param {string} name @param {SignedOut} result */
function signedOut(name, { revoked, manage_url }) {
  const text = h("p.message-text", message(revoked ? "signed_out_revoked" : "signed_out_local", name));
  if (manage_url) text.append(" ", webLink(manage_url, {}, message("withdraw_access")));
  const bar = { class: "message-bar", "data-tone": "success", role: "status", "data-testid": "signed-out" };
  notices.replaceChildren(h("div", bar, icon("check_circle"), text));
  void overview.reload();
}

/** Nothing is saved that was not seen. */
async function showDiagnostics() {
  told.textContent = `${JSON.stringify(await call("diagnostics", {}), null, 2)}\n`;
  diagnostics.showModal();
}

function saveDiagnostics() {
  const day = new Date().toISOString().slice(0, 10);
  saveFile(`chat-for-jira-diagnostics-${day}.json`, "application/json", told.textContent ?? "");
  diagnostics.close();
  toast(message("exported"));
}

async function clearTokens() {
  overview.take(await call("clear_tokens", { account: null }));
  clearAll(false);
  toast(message("tokens_cleared"));
}

/** @param {() => Promise<void>} open */
async function leaveFor(open) {
  try {
    await open();
    if (popup) window.close();
  } catch (error) {
    complain(error);
  }
}

/** @param {unknown} error */
function complain(error) {
  if (document.body.dataset.state === "loading") document.body.dataset.state = "failed";
  placeError(notices, errorView(error), { retry });
}

function retry() {
  placeError(notices, null); // the same error coming back is news
  void overview.reload();
}
