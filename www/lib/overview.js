/** What every page shows first and keeps showing: the accounts, asked once and then pushed, as a whole or one by one. */

import { byId, listen, pageSignal } from "./dom.js";
import { call, onEvent } from "./extension.js";
import { earlyOverview, firstOverview } from "./first-overview.js";

/** @import {AccountView, BackendEvent, EventView, Overview} from "./contract.d.ts" */

/**
 * Asks for the overview and hears of every change until the signal aborts.
 * @param {{ show: (overview: Overview) => void, some?: boolean, patch?: (account: AccountView, overview: Overview) => void,
 *   heard?: (event: EventView) => void, fail: (error: unknown) => void, eager?: boolean }} options
 *   `some`: of many accounts the first are worth showing while the others are on their way. `patch` is called instead of `show` where one known account changed; `heard` for each new line of a history.
 * @returns {{ reload: () => Promise<void>, take: (overview: Overview) => void }} `take` shows what another command answered.
 */
export function watchOverview({ show, some = false, patch, heard, fail, eager = false }) {
  /** @type {Overview | null} */
  let current = null;
  const take = (/** @type {Overview} */ answer) => {
    const overview = withPictures(answer);
    if (overview.more > 0) void showWhen(call("overview", { all: true }));
    if (overview.more > 0 && (current || !some)) return; // what is shown already is more than this
    current = overview;
    show(overview);
    void askToUnlock(overview.lock === "locked", take);
  };
  const showWhen = async (/** @type {Promise<Overview>} */ answer) => {
    try {
      take(await answer);
    } catch (error) {
      fail(error);
    }
  };
  const reload = () => showWhen(call("overview", { all: false }));
  const hear = (/** @type {BackendEvent} */ event) => {
    if (event.kind === "overview") return take(event.overview);
    if (event.kind === "token_event") return heard?.(event.event);
    if (!current) return;
    const { account, status } = event;
    const known = current.accounts.some(({ id }) => id === account.id);
    current = { ...current, status, accounts: withAccount(current.accounts, account) };
    if (known && patch) patch(account, current);
    else show(current);
  };
  void earlyOverview.then((early) => {
    // The real answer shows it again, and sees to what is more than showing.
    if (early && !current && !pageSignal.aborted && early.lock !== "locked" && (some || early.more === 0)) {
      current = withPictures(early);
      show(current);
    }
  });
  void showWhen(firstOverview).then(() => {
    // the question goes first, so that the first paint does not wait for the port
    if (!pageSignal.aborted) onEvent(hear, { signal: pageSignal, eager });
  });
  listen(document, { visibilitychange: () => document.visibilityState === "visible" && void reload() });
  return { reload, take };
}

/** The same with each account's own picture, of which there is one for all that share it. @param {Overview} overview @returns {Overview} */
function withPictures({ accounts, pictures, ...rest }) {
  const own = (/** @type {AccountView} */ account) => ({
    ...account,
    avatar: account.avatar && (pictures[Number(account.avatar)] ?? account.avatar),
  });
  return { ...rest, pictures, accounts: accounts.map(own) };
}

/**
 * Shows the question for the passphrase in the page's `#lock`, or takes it away. Few people have a passphrase, so the form is loaded
 * when it is needed.
 * @param {boolean} locked
 * @param {(overview: Overview) => void} unlocked
 */
async function askToUnlock(locked, unlocked) {
  const place = byId("lock");
  place.hidden = !locked;
  if (!locked) return place.replaceChildren();
  const { unlockForm } = await import("../elements/unlock-form.js");
  if (place.hidden || place.firstChild) return; // meanwhile it was unlocked, or another overview came
  place.append(unlockForm(unlocked));
  place.querySelector("input")?.focus();
}

/** What to say of an overview: while it is locked, the question for the passphrase says it. @param {Overview} overview */
export function problemOf({ lock, problem }) {
  return lock === "locked" ? null : problem;
}

/** The accounts with this one as it is now; a new one comes last. @param {AccountView[]} accounts @param {AccountView} changed */
function withAccount(accounts, changed) {
  const known = accounts.some(({ id }) => id === changed.id);
  return known ? accounts.map((each) => (each.id === changed.id ? changed : each)) : [...accounts, changed];
}
