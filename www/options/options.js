/** The options page: the way from the install to a first answer, the accounts there are, and the settings for all of them. */

import "../lib/first-overview.js"; // first: the answer is on its way while the rest is read
import "../shared.js";
import { AccountLine } from "../elements/account-line.js";
import { copy } from "../elements/toast-region.js";
import { chooseAccount } from "../lib/chosen-account.js";
import { chooseLanguage, chosenLanguage } from "../lib/chosen-language.js";
import { actions, byId, h, listen, localize, on, showOffline } from "../lib/dom.js";
import { attempt, placeError } from "../lib/error-view.js";
import { call, errorView, message, openDashboard, openPanel } from "../lib/extension.js";
import { number } from "../lib/format.js";
import { placeIcons } from "../lib/icons.js";
import { problemOf, watchOverview } from "../lib/overview.js";
import { ConnectSection } from "./connect-section.js";
import * as passphrase from "./passphrase.js";
import * as settings from "./settings-form.js";
import * as stored from "./stored-data.js";
import * as upkeep from "./upkeep.js";

/** @import {AccountView, Overview} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */

localize();
placeIcons();

/** So many accounts are listed; all are in the dashboard. */
const MOST_LISTED = 20;

const notices = byId("notices");
const success = byId("success");
/** So many accounts there were when what is stored was measured. */
let counted = -1;
/** @type {AccountLine[]} */
const lines = [];
const connect = new ConnectSection(() => overview.reload());
const take = (/** @type {Overview} */ view) => overview.take(view);
passphrase.begin(take);
upkeep.begin(take);

const overview = watchOverview({
  show,
  fail: (error) => {
    if (document.body.dataset.state === "loading") document.body.dataset.state = "failed";
    complain(error);
  },
  eager: true,
});
listen(window, { hashchange: followHash });
showOffline();

actions(document, {
  connect: () => connect.open(null),
  dashboard: () => void openDashboard(),
  account: (row) => void openDashboard(row.dataset.account),
  chat: () => chat(),
  "copy-redirect": () => copy(byId("redirect", HTMLInputElement).value),
  finish: () => {
    success.hidden = byId("journey").hidden = true;
    connect.arrange();
    byId("nav").hidden = false;
  },
});
on(success, "click", "[data-question]", ({ dataset }) => chat(message(/** @type {MessageKey} */ (dataset.question))));
const language = byId("language-choice", HTMLSelectElement);
language.value = chosenLanguage();
listen(language, { change: () => chooseLanguage(language.value) });

/** Opens the chat, inside the click, with a question that is asked at once. @param {string} [question] */
function chat(question) {
  const account = success.dataset.account ?? "";
  chooseAccount(account);
  openPanel(question && { text: question, account }).catch(complain);
}

/** @param {Overview} view */
function show(view) {
  const first = document.body.dataset.state !== "ready";
  document.body.dataset.state = "ready";
  byId("version").textContent = message("version", view.version);
  byId("redirect", HTMLInputElement).value = view.redirect_uri;
  showAccounts(view.accounts);
  connect.show(view);
  passphrase.show(view.lock);
  upkeep.showDamaged(view);
  // who has begun the way is accompanied to its end
  if (first) byId("journey").hidden = view.accounts.length > 0 || view.lock === "locked";
  byId("nav").hidden = !byId("journey").hidden;
  if (problemOf(view) || !first)
    placeError(notices, problemOf(view), { retry, fixSettings: (field) => connect.open(field) });
  if (!first) return;
  followHash();
  void loadSettings();
}

/** @param {AccountView[]} accounts */
function showAccounts(accounts) {
  const listed = accounts.slice(0, MOST_LISTED);
  while (lines.length < listed.length)
    lines.push(new AccountLine("button", { type: "button", "data-action": "account" }));
  listed.forEach((account, at) => lines[at].show(account));
  const shown = lines.slice(0, listed.length).map(({ element }) => element);
  if (byId("accounts").childElementCount !== shown.length)
    byId("accounts").replaceChildren(...shown.map((element) => h("li", element)));
  byId("accounts-section").hidden = accounts.length === 0;
  if (counted !== accounts.length) stored.show();
  counted = accounts.length;
  byId("accounts-more").hidden = accounts.length <= MOST_LISTED;
  byId("accounts-more").textContent = message("accounts_all", number(accounts.length));
}

/** What is below is looked at after what is above. */
async function loadSettings() {
  const load = async () => {
    await settings.load();
    const policy = await call("policy", {});
    upkeep.showPolicy(policy);
    connect.allow(policy);
  };
  await attempt(byId("settings-error"), load, loadSettings);
}

/** Does what the address asks for, once; to its part of the page the browser goes by itself. */
function followHash() {
  if (location.hash === "#connect") connect.open(null);
  if (location.hash !== "") history.replaceState(null, "", location.pathname);
}

/** @param {unknown} error */
function complain(error) {
  placeError(notices, errorView(error), { retry, fixSettings: (field) => connect.open(field) });
}

function retry() {
  placeError(notices, null); // the same error coming back is news
  void overview.reload();
}
