/** The list of accounts as cards: kept, moved and removed by id, so that focus and half-asked questions survive an update. */

import { AccountCard } from "../elements/account-card.js";
import { chooseAccount } from "./chosen-account.js";
import { h, webLink } from "./dom.js";
import { message, openPanel } from "./extension.js";
import { icon } from "./icons.js";

/** @import {AccountView} from "./contract.d.ts" */
/** @import {SignedOutDetail} from "../elements/account-details.js" */

/**
 * @param {HTMLElement} list
 * @param {AccountView[]} accounts
 * @param {{ foldable: boolean }} options Folded, several accounts are one line each; the first stays open.
 */
export function showAccounts(list, accounts, { foldable }) {
  const known = new Map([...list.children].map((card) => [/** @type {AccountCard} */ (card).dataset.account, /** @type {AccountCard} */ (card)]));
  const fold = foldable && accounts.length > 1;
  const cards = accounts.map((account, index) => {
    const card = known.get(account.id) ?? new AccountCard();
    card.show(account);
    if (!known.has(account.id) || card.dataset.foldable !== String(fold)) card.fold(fold, index === 0);
    return card;
  });
  for (const [id, card] of known) if (!accounts.some((account) => account.id === id)) card.remove();
  cards.forEach((card, index) => { // moving an element drops its focus, so only what stands elsewhere is moved
    if (list.children[index] !== card) list.insertBefore(card, list.children[index] ?? null);
  });
}

/**
 * Opens the chat when a card asks for it, inside the click.
 * @param {HTMLElement} list
 * @param {{ opened: () => void, failed: (error: unknown) => void, signal: AbortSignal }} options
 */
export function openChatFrom(list, { opened, failed, signal }) {
  list.addEventListener("open-chat", (event) => {
    chooseAccount(/** @type {CustomEvent<string>} */ (event).detail);
    openPanel().then(opened, failed);
  }, { signal });
}

/** What remains to be said after a sign-out. @param {SignedOutDetail} detail */
export function signedOutNotice({ name, result }) {
  const text = h("p", { class: "message-text" }, message(result.revoked ? "signed_out_revoked" : "signed_out_local", name));
  if (result.manage_url) text.append(" ", webLink(result.manage_url, {}, message("withdraw_access")));
  return h("div", { class: "message-bar", "data-intent": "success", role: "status", "data-testid": "signed-out" }, icon("check_circle"), text);
}
