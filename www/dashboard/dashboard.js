/** The dashboard: all accounts, all there is to know about one of them, and the watch over their tokens. */

import "../lib/first-overview.js"; // first: the answer is on its way while the rest is read
import { working } from "../elements/busy-button.js";
import { toast } from "../elements/toast-region.js";
import { openChatFrom, showSignOutsOf } from "../lib/account-list.js";
import { actions, byId, localize, pageSignal } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, errorView, message, openOptions } from "../lib/extension.js";
import { placeIcons } from "../lib/icons.js";
import { problemOf, watchOverview } from "../lib/overview.js";
import { saveFile } from "../lib/save-file.js";
import { AccountPane } from "./account-pane.js";
import { AccountPicker } from "./account-picker.js";
import { Watch } from "./watch.js";

/** @import {AccountView, ErrorView, Overview} from "../lib/contract.d.ts" */

localize();
placeIcons();

const notices = byId("notices");
/** @type {Overview | null} */
let current = null;
/** Which account is shown; the address says so too. @type {string | null} */
let chosen = wanted();

const watch = new Watch(pageSignal);
const picker = new AccountPicker({ pick: (id) => choose(id), signal: pageSignal });
const pane = new AccountPane({ changed: (account) => picker.patch(account), signal: pageSignal });
const overview = watchOverview({
  show,
  patch,
  heard: (event) => pane.heard(event),
  fail: (error) => complain(errorView(error)),
  signal: pageSignal,
  eager: true,
});
addEventListener("hashchange", () => choose(wanted()), { signal: pageSignal });

actions(
  document,
  {
    options: () => void openOptions(),
    connect: () => void openOptions("#connect"),
    "refresh-all": (button) => void busily(button, async () => overview.take(await call("refresh_all", {}))),
    "watch-toggle": () => void toggleWatch(),
    export: (button) => void busily(button, exportDiagnostics),
    "clear-all": () => askClearAll(true),
    "clear-all-cancel": () => askClearAll(false),
    "clear-all-confirm": (button) => void busily(button, clearAll),
  },
  pageSignal,
);
openChatFrom(byId("card"), { opened: () => {}, failed: (error) => complain(errorView(error)), signal: pageSignal });
showSignOutsOf(byId("card"), { notices, reload: () => overview.reload(), signal: pageSignal });

/** @param {Overview} view */
function show(view) {
  const first = document.body.dataset.state === "loading";
  current = view;
  document.body.dataset.state = view.accounts.length > 0 ? "accounts" : "empty";
  byId("empty").hidden = view.accounts.length > 0 || view.problem !== null;
  byId("version").textContent = message("version", view.version);
  watch.show(view.status, needsWatch(view));
  const account = shown(view.accounts);
  picker.show(view.accounts, account?.id ?? null);
  if (first || account?.id !== chosen) picker.choose(account?.id ?? null);
  chosen = account?.id ?? null;
  pane.show(account);
  if (problemOf(view) || !notices.querySelector("[data-testid=signed-out]")) complain(problemOf(view));
  if (first) performance.mark("first-content");
}

/** @param {AccountView} account @param {Overview} view */
function patch(account, view) {
  current = view;
  picker.patch(account);
  watch.show(view.status, needsWatch(view));
  if (account.id === chosen) pane.show(account);
}

/** While it is locked nothing is watched, which is said where the passphrase is asked for. @param {Overview} view */
function needsWatch({ accounts, lock }) {
  return accounts.length > 0 && lock !== "locked";
}

/** The account the person chose, or else the first that needs them, or else the first. @param {AccountView[]} accounts */
function shown(accounts) {
  const needs = (/** @type {AccountView} */ { health }) =>
    ["reauth_required", "misconfigured", "expired"].includes(health);
  return accounts.find(({ id }) => id === chosen) ?? accounts.find(needs) ?? accounts[0] ?? null;
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

/** Which account the address names. */
function wanted() {
  return new URLSearchParams(location.hash.slice(1)).get("account");
}

/** Shows that a button works, and what went wrong. @param {HTMLElement} button @param {() => Promise<void>} work */
async function busily(button, work) {
  if (button.getAttribute("aria-disabled") === "true") return;
  const [words, sign] = [button.textContent ?? "", button.dataset.icon ?? null];
  const name = /** @type {import("../lib/icons.js").IconName | null} */ (sign);
  working(button, true, name, words);
  try {
    await work();
  } catch (error) {
    complain(errorView(error));
  } finally {
    working(button, false, name, words);
  }
}

async function toggleWatch() {
  watch.working(true);
  try {
    overview.take(await call("monitor", { running: !watch.running }));
  } catch (error) {
    complain(errorView(error));
  } finally {
    watch.working(false);
  }
}

async function exportDiagnostics() {
  const diagnostics = await call("diagnostics", {});
  const day = new Date().toISOString().slice(0, 10);
  saveFile(`chat-for-jira-diagnostics-${day}.json`, "application/json", `${JSON.stringify(diagnostics, null, 2)}\n`);
  toast(message("exported"));
}

/** @param {boolean} asking */
function askClearAll(asking) {
  byId("clear-all-ask").hidden = !asking;
  byId("clear-all").hidden = asking;
  byId(asking ? "clear-all-yes" : "clear-all").focus();
}

async function clearAll() {
  overview.take(await call("clear_tokens", { account: null }));
  askClearAll(false);
  toast(message("tokens_cleared"));
}

/** @param {ErrorView | null} error */
function complain(error) {
  if (document.body.dataset.state === "loading") document.body.dataset.state = "failed";
  placeError(notices, error, { retry });
}

function retry() {
  complain(null); // the same error coming back is news
  void overview.reload();
}
