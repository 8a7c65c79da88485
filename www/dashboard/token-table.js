/** What there is to say about a token without showing it. */

import { h, setText } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { duration, milliseconds, number, precise, sessionEnd } from "../lib/format.js";

/** @import {AccountDetails} from "../lib/contract.d.ts" */

/** Less than this is what any request costs, and no wrong clock. Milliseconds. */
const EXACT = 1_000;

/** What stands in the rows of the page's list, in their order. @param {HTMLElement} place A `dl`. @param {AccountDetails} details */
export function showToken(place, { account, token }) {
  const values = [
    token.token_type,
    precise(token.issued_at),
    token.expires_at === null ? message("token_endless") : precise(token.expires_at),
    "",
    token.last_attempt_at === null ? message("never") : precise(token.last_attempt_at),
    nextRefresh(token),
    message(token.has_refresh_token ? "refresh_token_yes" : "refresh_token_no"),
    sessionEnd(account)?.text ?? message("session_unknown"),
    message("generation_value", number(token.generation)),
    skew(token.clock_skew_ms),
    scopes(token.scopes),
  ];
  [...place.querySelectorAll("dd")].forEach((place, at) => void place.replaceChildren(values[at] ?? ""));
  tickToken(place, token.expires_at);
}

/** Lets the remaining time run. @param {HTMLElement} place @param {number | null} end */
export function tickToken(place, end) {
  const left = (end ?? 0) - Date.now();
  const text = end === null ? message("token_endless") : left > 0 ? duration(left) : message("token_ended");
  setText(/** @type {Node} */ (place.querySelector("[data-row=remaining] dd")), text);
}

/** @param {AccountDetails["token"]} token */
function nextRefresh({ next_refresh_at, has_refresh_token }) {
  if (next_refresh_at === null) return message("none_planned");
  return has_refresh_token ? precise(next_refresh_at) : message("none_planned");
}

/** @param {number | null} ms */
function skew(ms) {
  if (ms === null) return message("skew_unknown");
  if (Math.abs(ms) < EXACT) return message("skew_none");
  const size = Math.abs(ms) < 60_000 ? milliseconds(Math.abs(ms)) : duration(Math.abs(ms));
  return message(ms > 0 ? "skew_behind" : "skew_ahead", size);
}

/** @param {string[]} all */
function scopes(all) {
  if (all.length === 0) return message("scopes_unknown");
  return h("ul.scopes", ...all.map((scope) => h("li", h("code", scope))));
}
