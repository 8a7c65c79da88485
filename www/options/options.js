/** The options page: connect an account, and look after the ones there are. */

import { toast } from "../elements/toast-region.js";
import { cardOf, openChatFrom, patchAccount, showAccounts, signedOutNotice } from "../lib/account-list.js";
import { chooseAccount } from "../lib/chosen-account.js";
import { actions, byId, localize, pageSignal } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { copyText, errorView, message, openDashboard, openPanel, requestHosts, stream } from "../lib/extension.js";
import { placeIcons } from "../lib/icons.js";
import { watchOverview } from "../lib/overview.js";
import { ConnectForm } from "./connect-form.js";
import { showConnected, showProgress } from "./connecting.js";
import { showSteps } from "./register-steps.js";

/** @import {ErrorView, Overview} from "../lib/contract.d.ts" */
/** @import {SignedOutDetail} from "../elements/account-details.js" */

localize();
placeIcons();

const accounts = byId("accounts");
const notices = byId("notices");
const form = new ConnectForm({ changed: (value) => showSteps(byId("steps"), value), signal: pageSignal });
/** Whether the form is wanted although there are accounts. */
let connecting = location.hash === "#connect";
/** @type {AbortController | null} */
let running = null;

const overview = watchOverview({
  show,
  patch: (account) => patchAccount(accounts, account),
  fail: (error) => complain(errorView(error)),
  signal: pageSignal,
  eager: true,
});
addEventListener("hashchange", () => followHash(), { signal: pageSignal });
byId("connect-form").addEventListener(
  "submit",
  (event) => {
    event.preventDefault();
    submit();
  },
  { signal: pageSignal },
);

actions(
  document,
  {
    connect: () => openForm(null),
    "cancel-connect": () => running?.abort(),
    "copy-redirect": async () =>
      toast(message((await copyText(byId("redirect", HTMLInputElement).value)) ? "copied" : "copy_failed")),
    finish: () => (byId("success").hidden = true),
  },
  pageSignal,
);
byId("success").addEventListener(
  "click",
  (event) => {
    // a listener of its own, for the panel opens only inside the click
    const button = event.target instanceof Element ? event.target.closest("[data-action=chat]") : null;
    if (!(button instanceof HTMLElement)) return;
    chooseAccount(button.dataset.account ?? "");
    openPanel().catch((error) => complain(errorView(error)));
  },
  { signal: pageSignal },
);
openChatFrom(accounts, { opened: () => {}, failed: (error) => complain(errorView(error)), signal: pageSignal });
accounts.addEventListener(
  "open-dashboard",
  (event) => void openDashboard(/** @type {CustomEvent<string>} */ (event).detail),
  { signal: pageSignal },
);
accounts.addEventListener(
  "signed-out",
  (event) => {
    notices.replaceChildren(signedOutNotice(/** @type {CustomEvent<SignedOutDetail>} */ (event).detail));
    void overview.reload();
  },
  { signal: pageSignal },
);

/** @param {Overview} view */
function show(view) {
  const first = document.body.dataset.state === "loading";
  document.body.dataset.state = "ready";
  byId("version").textContent = message("version", view.version);
  byId("redirect", HTMLInputElement).value = view.redirect_uri;
  form.allowLoopback(view.loopback);
  showAccounts(accounts, view.accounts, { foldable: false });
  byId("accounts-section").hidden = view.accounts.length === 0;
  showForm(view.accounts.length === 0);
  complain(view.problem);
  if (first) followHash();
}

/** @param {boolean} needed */
function showForm(needed) {
  byId("connect").hidden = !(needed || connecting || running) || !byId("success").hidden;
  byId("connect-another").hidden = !byId("connect").hidden;
}

/** @param {string | null} field */
function openForm(field) {
  connecting = true;
  byId("success").hidden = true;
  showForm(true);
  byId("connect").scrollIntoView({ block: "start" });
  form.focus(field);
}

/** Does what the address asks for, once. */
function followHash() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  if (location.hash === "#connect") openForm(null);
  const card = cardOf(accounts, wanted.get("account") ?? "");
  if (card) {
    card.dataset.called = "";
    card.scrollIntoView({ block: "nearest" });
    if (wanted.get("action") === "reconnect") void card.signIn();
  }
  if (location.hash !== "") history.replaceState(null, "", location.pathname);
}

/** @param {ErrorView | null} error */
function complain(error) {
  if (document.body.dataset.state === "loading") document.body.dataset.state = "failed";
  placeError(notices, error, { retry, fixSettings: openForm });
}

function retry() {
  complain(null); // the same error coming back is news
  void overview.reload();
}

/** Starts connecting: checks, asks for hosts, then lets the worker work. */
function submit() {
  if (running) return;
  showError(null);
  const check = form.check();
  if (check instanceof Promise) check.then(checked, (error) => showError(errorView(error)));
  else checked(check);
}

/** Runs inside the click when the check was already known, as asking for hosts must. @param {import("../lib/contract.d.ts").FormCheck} check */
function checked({ problems, origins, permissions }) {
  if (problems.length > 0) return form.complain(problems);
  void requestHosts(origins, permissions).then((granted) => {
    if (origins.length + permissions.length > 0) form.forget();
    if (granted) return connect();
    showError({
      code: "permission_needed",
      message: message("hosts_refused"),
      action: { kind: "grant_hosts", origins, permissions },
    });
  });
}

async function connect() {
  const progress = byId("connect-progress");
  running = new AbortController();
  setBusy(true);
  showProgress(progress, "preparing");
  try {
    const account = await stream(
      "connect",
      { form: form.value() },
      { signal: running.signal, onProgress: ({ step }) => showProgress(progress, step) },
    );
    running = null;
    connecting = false;
    form.reset();
    showConnected(byId("success"), account, pageSignal);
    await overview.reload();
  } catch (error) {
    if (!running?.signal.aborted) showError(errorView(error));
  } finally {
    running = null;
    setBusy(false);
    showProgress(progress, null);
  }
}

/** @param {boolean} busy */
function setBusy(busy) {
  byId("connect-submit").setAttribute("aria-disabled", String(busy));
  byId("connect-cancel").hidden = !busy;
}

/** @param {ErrorView | null} error */
function showError(error) {
  placeError(byId("connect-error"), error, { retry: submit, fixSettings: openForm });
}
