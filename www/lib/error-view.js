/** One error: a clear sentence and the one button that helps. */

import { everySecond, h } from "./dom.js";
import { message, openOptions, requestHosts } from "./extension.js";
import { duration } from "./format.js";
import { icon } from "./icons.js";

/** @import {ErrorView} from "./contract.d.ts" */
/** @typedef {{ retry?: () => void, signIn?: (account: string, scopes: string[]) => void, fixSettings?: (field: string | null) => void }} Remedies
 *   What the page can do here. `retry` also follows a grant of hosts. */

/** What stands where, and what ends its countdown. @type {WeakMap<HTMLElement, { state: string, ended: AbortController }>} */
const placed = new WeakMap();

/**
 * Shows an error in `place`, or takes the one there away. The same error is left as it stands, so that it keeps the focus and is
 * read aloud once.
 * @param {HTMLElement} place
 * @param {ErrorView | null} error
 * @param {Remedies} remedies
 */
export function placeError(place, error, remedies) {
  const state = JSON.stringify(error);
  const there = place.querySelector(":scope > [data-testid=error]");
  if (there && placed.get(place)?.state === state) return;
  placed.get(place)?.ended.abort();
  there?.remove();
  if (!error) return;
  const ended = new AbortController();
  placed.set(place, { state, ended });
  place.replaceChildren(errorBar(error, remedies, ended.signal));
}

/**
 * @param {ErrorView} error
 * @param {Remedies} remedies
 * @param {AbortSignal} signal Ends the countdown of the retry button.
 */
export function errorBar(error, remedies, signal) {
  const bar = h(
    "div",
    {
      class: "message-bar",
      "data-intent": intent(error),
      "data-testid": "error",
      "data-code": error.code,
      role: "alert",
    },
    icon(intent(error) === "danger" ? "error_circle" : "warning"),
    h("p", { class: "message-text" }, error.message),
  );
  const button = remedyButton(error, remedies, signal);
  if (button) bar.append(button);
  return bar;
}

/** What passes by itself, or was the person's own choice, is not painted red. @param {ErrorView} error */
function intent(error) {
  const mild = [
    "offline",
    "rate_limited",
    "refresh_failed",
    "consent_closed",
    "consent_denied",
    "interrupted",
    "permission_needed",
    "locked",
  ];
  return mild.includes(error.code) ? "warning" : "danger";
}

/** @param {ErrorView} error @param {Remedies} remedies @param {AbortSignal} signal */
function remedyButton({ action }, remedies, signal) {
  switch (action.kind) {
    case "retry":
      return remedies.retry && retryButton(action.at, remedies.retry, signal);
    case "sign_in": {
      const { account, scopes } = action;
      return remedies.signIn
        ? button(message("sign_in_again"), () => remedies.signIn?.(account, scopes), signal)
        : button(message("sign_in_again"), () => openOptions(reconnectHash(account)), signal);
    }
    case "fix_settings": {
      const { field } = action;
      return button(
        message("open_settings"),
        () => (remedies.fixSettings ? remedies.fixSettings(field) : openOptions("#connect")),
        signal,
      );
    }
    case "unlock":
      return button(message("unlock"), () => goToLock(), signal);
    case "grant_hosts":
      return grantButton(action, remedies, signal);
    default:
      return null;
  }
}

/** To where the passphrase is asked for; every page asks by itself as soon as it hears that it is locked. */
function goToLock() {
  const input = document.querySelector("#lock input");
  if (input instanceof HTMLElement) input.focus();
  else void openOptions();
}

/** The options page's address for signing in again. @param {string} account */
export function reconnectHash(account) {
  return `#account=${encodeURIComponent(account)}&action=reconnect`;
}

/** @param {string} text @param {() => unknown} handler @param {AbortSignal} signal */
function button(text, handler, signal) {
  const element = h("button", { type: "button", class: "button", "data-testid": "error-action" }, text);
  element.addEventListener("click", handler, { signal });
  return element;
}

/** @param {{ origins: string[], permissions: string[] }} wanted @param {Remedies} remedies @param {AbortSignal} signal */
function grantButton({ origins, permissions }, remedies, signal) {
  const element = button(
    message("allow_access"),
    () => {
      requestHosts(origins, permissions).then((granted) => granted && remedies.retry?.());
    },
    signal,
  );
  element.title = origins.join("\n");
  return element;
}

/** A retry that must wait says how long, and cannot be pressed before. @param {number | null} at @param {() => void} retry @param {AbortSignal} signal */
function retryButton(at, retry, signal) {
  const element = button(
    message("try_again"),
    () => element.getAttribute("aria-disabled") !== "true" && retry(),
    signal,
  );
  if (at === null || at <= Date.now()) return element;
  const waited = new AbortController();
  everySecond(
    () => {
      const left = at - Date.now();
      element.setAttribute("aria-disabled", String(left > 0));
      element.textContent = left > 0 ? message("try_again_in", duration(left + 999)) : message("try_again");
      if (left <= 0) waited.abort();
    },
    AbortSignal.any([signal, waited.signal]),
  );
  return element;
}
