/** One error: a clear sentence and the one button that helps. */

import { everySecond, h, pageSignal } from "./dom.js";
import { errorView, message, openDashboard, openOptions, reload, requestHosts } from "./extension.js";
import { duration } from "./format.js";
import { icon } from "./icons.js";

/** @import {ErrorView} from "./contract.d.ts" */
/** @typedef {{ retry?: () => void, signIn?: (account: string, scopes: string[]) => unknown, fixSettings?: (field: string | null) => unknown }} Remedies
 *   What the page can do here. `retry` also follows a grant of hosts. */

/** What stands where, and what ends its countdown. @type {WeakMap<HTMLElement, { state: string, ended: AbortController }>} */
const placed = new WeakMap();

/**
 * Shows an error in `place`, or takes the one there away. The same error is left as it stands, so that it keeps the focus and is
 * read aloud once.
 * @param {HTMLElement} place
 * @param {ErrorView | null} error
 * @param {Remedies} [remedies]
 */
export function placeError(place, error, remedies = {}) {
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
 * Does some work; what goes wrong is said in `place`.
 * @param {HTMLElement} place
 * @param {() => Promise<unknown>} work
 * @param {() => void} [retry] Offered where it helps.
 * @returns {Promise<boolean>} whether it went well
 */
export async function attempt(place, work, retry) {
  try {
    await work();
    placeError(place, null);
    return true;
  } catch (error) {
    placeError(place, errorView(error), { retry });
    return false;
  }
}

/** Says at a field what is wrong with it; an empty text takes that away. @param {HTMLElement} place @param {string} text @param {HTMLElement} [input] */
export function fieldProblem(place, text, input) {
  input?.setAttribute("aria-invalid", String(text !== ""));
  place.replaceChildren(...(text ? [icon("error_circle", 16), h("span", text)] : []));
}

/**
 * @param {ErrorView} error
 * @param {Remedies} [remedies]
 * @param {AbortSignal} [signal] Ends the countdown of the retry button.
 */
export function errorBar(error, remedies = {}, signal = pageSignal) {
  const bar = h(
    "div.message-bar@error",
    { "data-tone": tone(error), "data-code": error.code, role: "alert" },
    icon(tone(error) === "danger" ? "error_circle" : "warning"),
    h("p.message-text", error.message),
  );
  const button = remedyButton(error, remedies, signal);
  if (button) bar.append(button);
  return bar;
}

/** What passes by itself, or was the person's own choice, is not painted red. @param {ErrorView} error */
function tone(error) {
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
  return mild.includes(error.code) || error.action.kind === "reload" ? "warning" : "danger";
}

/** @param {ErrorView} error @param {Remedies} remedies @param {AbortSignal} signal */
function remedyButton({ action }, remedies, signal) {
  switch (action.kind) {
    case "retry":
      return remedies.retry && retryButton(action.at, remedies.retry, signal);
    case "sign_in": {
      const { account, scopes } = action;
      const signIn = remedies.signIn ?? (() => openDashboard(account, "reconnect"));
      return button(message("sign_in_again"), () => signIn(account, scopes));
    }
    case "fix_settings": {
      const fix = remedies.fixSettings ?? (() => openOptions("#connect"));
      return button(message("open_settings"), () => fix(action.field));
    }
    case "unlock":
      return button(message("unlock"), goToLock);
    case "reload":
      return button(message("reload"), reload);
    case "grant_hosts":
      return grantButton(action, remedies);
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

/** @param {string} text @param {() => unknown} onclick */
function button(text, onclick) {
  // What counts down on it is not read aloud with the alert that it stands in.
  return h("button.button@error-action", { "aria-live": "off", onclick }, text);
}

/** @param {{ origins: string[], permissions: string[] }} wanted @param {Remedies} remedies */
function grantButton({ origins, permissions }, { retry }) {
  const element = button(message("allow_access"), () =>
    requestHosts(origins, permissions).then((granted) => granted && retry?.()),
  );
  element.title = origins.join("\n");
  return element;
}

/** A retry that must wait says how long, and cannot be pressed before. @param {number | null} at @param {() => void} retry @param {AbortSignal} signal */
function retryButton(at, retry, signal) {
  const element = button(message("try_again"), () => element.getAttribute("aria-disabled") !== "true" && retry());
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
