/** The options page: connect an account, look after the ones there are, and the settings for all of them. */

import "../lib/first-overview.js"; // first: the answer is on its way while the rest is read
import { toast } from "../elements/toast-region.js";
import { cardOf, openChatFrom, patchAccount, showAccounts, showSignOutsOf } from "../lib/account-list.js";
import { chooseAccount } from "../lib/chosen-account.js";
import { actions, byId, localize, pageSignal } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, copyText, errorView, message, openDashboard, openPanel } from "../lib/extension.js";
import { placeIcons } from "../lib/icons.js";
import { problemOf, watchOverview } from "../lib/overview.js";
import { ConnectSection } from "./connect-section.js";
import { Passphrase } from "./passphrase.js";
import { SettingsForm } from "./settings-form.js";
import { Damaged, showPolicy } from "./upkeep.js";

/** @import {ErrorView, Overview} from "../lib/contract.d.ts" */

localize();
placeIcons();

/** Of more accounts each is one line until it is unfolded. */
const MOST_OPEN = 20;

const accounts = byId("accounts");
const notices = byId("notices");
const connect = new ConnectSection({ reload: () => overview.reload(), signal: pageSignal });
const settings = new SettingsForm(pageSignal);
const take = (/** @type {Overview} */ view) => overview.take(view);
const passphrase = new Passphrase({ take, signal: pageSignal });
const damaged = new Damaged({ take, signal: pageSignal });

const overview = watchOverview({
  show,
  patch: (account) => patchAccount(accounts, account),
  fail: (error) => complain(errorView(error)),
  signal: pageSignal,
  eager: true,
});
addEventListener("hashchange", () => followHash(), { signal: pageSignal });

actions(
  document,
  {
    connect: () => connect.open(null),
    dashboard: () => void openDashboard(),
    "copy-redirect": async () =>
      toast(message((await copyText(byId("redirect", HTMLInputElement).value)) ? "copied" : "copy_failed")),
    finish: () => {
      byId("success").hidden = true;
      connect.arrange();
    },
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
showSignOutsOf(accounts, { notices, reload: () => overview.reload(), signal: pageSignal });

/** @param {Overview} view */
function show(view) {
  const first = document.body.dataset.state === "loading";
  document.body.dataset.state = "ready";
  byId("version").textContent = message("version", view.version);
  byId("redirect", HTMLInputElement).value = view.redirect_uri;
  // many open cards would take seconds to draw, and nobody looks through them
  showAccounts(accounts, view.accounts, { foldable: view.accounts.length > MOST_OPEN });
  byId("accounts-section").hidden = view.accounts.length === 0;
  connect.show(view);
  passphrase.show(view.lock);
  damaged.show(view);
  if (problemOf(view) || !notices.querySelector("[data-testid=signed-out]")) complain(problemOf(view));
  if (!first) return;
  followHash();
  void loadSettings();
}

/** What is below is looked at after what is above. */
async function loadSettings() {
  try {
    await settings.load();
    const policy = await call("policy", {});
    showPolicy(policy);
    connect.allow(policy);
    placeError(byId("settings-error"), null, {});
  } catch (error) {
    placeError(byId("settings-error"), errorView(error), { retry: () => void loadSettings() });
  }
}

/** Does what the address asks for, once. */
function followHash() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  if (location.hash === "#connect") connect.open(null);
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
  placeError(notices, error, { retry, fixSettings: (field) => connect.open(field) });
}

function retry() {
  complain(null); // the same error coming back is news
  void overview.reload();
}
