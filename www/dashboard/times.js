/** What runs by itself in the account's card: the ring, the countdown and the moments, and when to read them aloud. */

import { CountdownRing } from "../elements/countdown-ring.js";
import { say } from "../elements/toast-region.js";
import { byId, h, setText } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { duration, exact, relative, sessionEnd } from "../lib/format.js";
import { icon } from "../lib/icons.js";

/** @import {AccountView} from "../lib/contract.d.ts" */

/** Read aloud when this much is left, and at no other time. */
const THRESHOLDS = [600_000, 300_000, 60_000, 0];
/** No countdown for these: nothing runs out, or it does not matter any more. */
const AT_REST = ["signed_out", "reauth_required", "no_expiry", "locked"];

/** What was left at the last look; none for an account not looked at before. @type {{ account: string, ms: number } | null} */
let before = null;

/** @param {AccountView} account */
export function show(account) {
  const { can_refresh, health, last_refresh_at, next_refresh_at } = account;
  countDown(account);
  moment("last-refresh", last_refresh_at);
  moment("next-refresh", can_refresh && !AT_REST.includes(health) ? next_refresh_at : null);
  showSession(account);
}

/** @param {AccountView} account */
function countDown({ id, name, label, health, issued_at, expires_at }) {
  const [ring, countdown] = [byId("ring", CountdownRing), byId("countdown")];
  const end = AT_REST.includes(health) ? null : expires_at;
  const left = (end ?? 0) - Date.now();
  countdown.hidden = end === null;
  ring.hidden = end === null || left <= 0;
  if (end === null) return;
  ring.show(left, end - (issued_at ?? 0));
  setText(countdown, left > 0 ? message("expires_in", duration(left)) : message("token_ended"));
  countdown.title = exact(end);
  if (before?.account === id && THRESHOLDS.some((each) => (before?.ms ?? 0) > each && left <= each)) {
    const aloud = left > 0 ? message("expires_in", duration(left + 999, "long")) : message("token_ended");
    say(message("announce_expiry", label ?? name, aloud));
  }
  before = { account: id, ms: left };
}

/** @param {string} id The row's. @param {number | null} at */
function moment(id, at) {
  const row = byId(id);
  row.hidden = at === null;
  if (at === null) return;
  const value = row.children[1];
  setText(value, relative(at));
  value.setAttribute("title", exact(at));
}

/** @param {AccountView} account */
function showSession(account) {
  const row = byId("session-end");
  const end = account.health === "signed_out" || account.health === "reauth_required" ? null : sessionEnd(account);
  row.hidden = end === null;
  const state = `${end?.text}${end?.near}`;
  if (!end || row.dataset.state === state) return;
  Object.assign(row.dataset, { state, near: String(end.near) });
  row.children[1].replaceChildren(...(end.near ? [icon("warning", 16)] : []), h("span", end.text));
}
