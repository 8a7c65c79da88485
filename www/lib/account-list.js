/** The list of accounts as cards: kept, moved and removed by id, so that focus and half-asked questions survive an update. */

import { AccountCard } from "../elements/account-card.js";
import { chooseAccount } from "./chosen-account.js";
import { h, webLink } from "./dom.js";
import { message, openPanel } from "./extension.js";
import { icon } from "./icons.js";

/** @import {AccountView} from "./contract.d.ts" */
/** @import {SignedOutDetail} from "../elements/account-details.js" */

/** Nothing works until somebody does something. @type {AccountView["health"][]} */
const INACTIVE = ["expired", "reauth_required", "misconfigured"];
/** So many are woken when a page opens; the rest is the alarm's. */
const MOST_WOKEN = 20;

/**
 * @param {HTMLElement} list
 * @param {AccountView[]} accounts
 * @param {{ foldable: boolean }} options Folded, several accounts are one line each; one stays open, the first
 *   that needs the person or else the first of all.
 */
export function showAccounts(list, accounts, { foldable }) {
  const known = new Map(
    [...list.children].map((card) => [
      /** @type {AccountCard} */ (card).dataset.account,
      /** @type {AccountCard} */ (card),
    ]),
  );
  const fold = foldable && accounts.length > 1;
  const open = Math.max(
    0,
    accounts.findIndex(({ health }) => INACTIVE.includes(health)),
  );
  const cards = accounts.map((account, index) => {
    const card = known.get(account.id) ?? new AccountCard();
    card.show(account);
    if (!known.has(account.id) || card.dataset.foldable !== String(fold)) card.fold(fold, index === open);
    return card;
  });
  for (const [id, card] of known) if (!accounts.some((account) => account.id === id)) card.remove();
  cards.forEach((card, index) => {
    // moving an element drops its focus, so only what stands elsewhere is moved
    if (list.children[index] !== card) list.insertBefore(card, list.children[index] ?? null);
  });
}

/** Shows what changed of one account, where it stands. @param {HTMLElement} list @param {AccountView} account */
export function patchAccount(list, account) {
  cardOf(list, account.id)?.show(account);
}

/** @param {HTMLElement} list @param {string} id @returns {AccountCard | null} */
export function cardOf(list, id) {
  return list.querySelector(`account-card[data-account="${CSS.escape(id)}"]`);
}

/**
 * Asks at once for the tokens that ended while nobody looked and can be had without the person.
 * @param {HTMLElement} list
 * @param {AccountView[]} accounts
 * @returns {Promise<boolean>} whether there were any
 */
export async function wakeExpired(list, accounts) {
  const expired = accounts.filter(({ health, can_refresh }) => health === "expired" && can_refresh);
  await Promise.all(expired.slice(0, MOST_WOKEN).map(({ id }) => cardOf(list, id)?.wake()));
  return expired.length > 0;
}

/**
 * Says what became of a sign-out when a card was signed out, and shows the accounts that are left.
 * @param {HTMLElement} list
 * @param {{ notices: HTMLElement, reload: () => Promise<void>, signal: AbortSignal }} options
 */
export function showSignOutsOf(list, { notices, reload, signal }) {
  list.addEventListener(
    "signed-out",
    (event) => {
      notices.replaceChildren(signedOutNotice(/** @type {CustomEvent<SignedOutDetail>} */ (event).detail));
      void reload();
    },
    { signal },
  );
}

/**
 * Opens the chat when a card asks for it, inside the click.
 * @param {HTMLElement} list
 * @param {{ opened: () => void, failed: (error: unknown) => void, signal: AbortSignal }} options
 */
export function openChatFrom(list, { opened, failed, signal }) {
  list.addEventListener(
    "open-chat",
    (event) => {
      chooseAccount(/** @type {CustomEvent<string>} */ (event).detail);
      openPanel().then(opened, failed);
    },
    { signal },
  );
}

/** What remains to be said after a sign-out. @param {SignedOutDetail} detail */
function signedOutNotice({ name, result }) {
  const text = h(
    "p",
    { class: "message-text" },
    message(result.revoked ? "signed_out_revoked" : "signed_out_local", name),
  );
  if (result.manage_url) text.append(" ", webLink(result.manage_url, {}, message("withdraw_access")));
  return h(
    "div",
    { class: "message-bar", "data-intent": "success", role: "status", "data-testid": "signed-out" },
    icon("check_circle"),
    text,
  );
}
