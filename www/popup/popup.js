/** The popup: every account with its health, at a glance. It keeps nothing; closing it loses nothing. */

import "../lib/first-overview.js"; // first: the answer is on its way while the rest is read
import { openChatFrom, patchAccount, showAccounts, showSignOutsOf, wakeExpired } from "../lib/account-list.js";
import { actions, byId, localize, pageSignal } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { errorView, openDashboard, openOptions } from "../lib/extension.js";
import { placeIcons } from "../lib/icons.js";
import { problemOf, watchOverview } from "../lib/overview.js";

/** @import {ErrorView, Overview} from "../lib/contract.d.ts" */

const accounts = byId("accounts");
const notices = byId("notices");

localize();
placeIcons();

const overview = watchOverview({
  show,
  some: true,
  patch: (account) => patchAccount(accounts, account),
  fail: (error) => complain(errorView(error)),
  signal: pageSignal,
  eager: true,
});

actions(
  document,
  {
    options: () => void leaveFor(() => openOptions()),
    connect: () => void leaveFor(() => openOptions("#connect")),
    dashboard: () => void leaveFor(() => openDashboard()),
  },
  pageSignal,
);
openChatFrom(accounts, {
  opened: () => window.close(),
  failed: (error) => complain(errorView(error)),
  signal: pageSignal,
});
accounts.addEventListener(
  "open-dashboard",
  (event) => void leaveFor(() => openDashboard(/** @type {CustomEvent<string>} */ (event).detail)),
  { signal: pageSignal },
);
showSignOutsOf(accounts, { notices, reload: () => overview.reload(), signal: pageSignal });

/** @param {Overview} view */
function show(view) {
  const first = document.body.dataset.state === "loading";
  document.body.dataset.state = view.accounts.length > 0 ? "accounts" : "empty";
  showAccounts(accounts, view.accounts, { foldable: true });
  byId("empty").hidden = view.accounts.length > 0 || view.problem !== null;
  byId("footer").hidden = view.accounts.length === 0 && view.problem === null;
  complain(problemOf(view));
  if (!first) return;
  performance.mark("first-content");
  void wake(view);
}

/** Opening the popup is reason enough to renew what ended meanwhile. @param {Overview} view */
async function wake(view) {
  if (await wakeExpired(accounts, view.accounts)) await overview.reload();
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

/** @param {() => Promise<void>} open */
async function leaveFor(open) {
  try {
    await open();
    window.close();
  } catch (error) {
    complain(errorView(error));
  }
}
