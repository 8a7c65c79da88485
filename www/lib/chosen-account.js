/** Which account the chat speaks for; the popup sets it, the panel follows, also when it is already open. */

import { listen } from "./dom.js";

const KEY = "chat.account";

/** @returns {string | null} */
export function chosenAccount() {
  return localStorage.getItem(KEY);
}

/** @param {string} account */
export function chooseAccount(account) {
  localStorage.setItem(KEY, account);
}

/** @param {() => void} listener */
export function onAccountChosen(listener) {
  listen(window, { storage: (event) => event.key === KEY && listener() });
}
