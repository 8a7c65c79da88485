/** Which account the chat speaks for; the popup sets it, the panel follows, also when it is already open. */

const KEY = "chat.account";

/** @returns {string | null} */
export function chosenAccount() {
  return localStorage.getItem(KEY);
}

/** @param {string} account */
export function chooseAccount(account) {
  localStorage.setItem(KEY, account);
}

/** @param {() => void} listener @param {AbortSignal} signal */
export function onAccountChosen(listener, signal) {
  addEventListener("storage", (event) => event.key === KEY && listener(), { signal });
}
