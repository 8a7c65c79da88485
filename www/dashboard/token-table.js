/** What there is to say about a token without showing it. */

import { sessionEnd } from "../elements/account-times.js";
import { h, setText } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { duration, milliseconds, number, precise } from "../lib/format.js";

/** @import {AccountDetails} from "../lib/contract.d.ts" */

/** Less than this is what any request costs, and no wrong clock. Milliseconds. */
const EXACT = 1_000;

/** @param {HTMLElement} place A `dl`. @param {AccountDetails} details */
export function showToken(place, { account, token }) {
  const rows = [
    row(message("token_type"), token.token_type),
    row(message("token_issued"), precise(token.issued_at)),
    row(message("token_ends"), token.expires_at === null ? message("token_endless") : precise(token.expires_at)),
    row(message("token_remaining"), "", "remaining"),
    row(message("last_attempt"), token.last_attempt_at === null ? message("never") : precise(token.last_attempt_at)),
    row(message("next_refresh"), nextRefresh(token)),
    row(message("refresh_token"), message(token.has_refresh_token ? "refresh_token_yes" : "refresh_token_no")),
    row(message("session_ends"), sessionEnd(account)?.text ?? message("session_unknown")),
    row(message("generation"), message("generation_value", number(token.generation))),
    row(message("clock_skew"), skew(token.clock_skew_ms)),
    row(message("field_scopes"), scopes(token.scopes), "scopes"),
  ];
  place.replaceChildren(...rows);
  tickToken(place, token.expires_at);
}

/** Lets the remaining time run. @param {HTMLElement} place @param {number | null} end */
export function tickToken(place, end) {
  const value = place.querySelector("[data-row=remaining] dd");
  if (!value) return;
  const left = (end ?? 0) - Date.now();
  setText(value, end === null ? message("token_endless") : left > 0 ? duration(left) : message("token_ended"));
}

/** @param {string} term @param {string | Node} value @param {string} [name] */
function row(term, value, name) {
  return h("div", { "data-row": name }, h("dt", {}, term), h("dd", {}, value));
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
  return h("ul", { class: "scopes" }, ...all.map((scope) => h("li", {}, h("code", {}, scope))));
}
