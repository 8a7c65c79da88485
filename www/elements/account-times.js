/** What runs by itself in an account card: the ring, the countdown and the moments, and when to read them aloud. */

import { h, setText } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { day, duration, exact, relative, ringText } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { say } from "./toast-region.js";

/** @import {AccountView} from "../lib/contract.d.ts" */
/** @typedef {{ ring: CountdownRing, countdown: HTMLElement, last: HTMLElement, next: HTMLElement, session: HTMLElement }} TimeParts */

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 25;
const LENGTH = 2 * Math.PI * RADIUS;
/** Read aloud when this much is left, and at no other time. */
const THRESHOLDS = [600_000, 300_000, 60_000, 0];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** No countdown for these: nothing runs out, or it does not matter any more. */
const AT_REST = ["signed_out", "reauth_required", "no_expiry", "locked"];

export class AccountTimes {
  #parts;
  /** What was left at the last look; none for an account not looked at before. @type {{ account: string, ms: number } | null} */
  #left = null;

  /** @param {TimeParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {AccountView} account */
  show(account) {
    const { last, next, session } = this.#parts;
    this.#countDown(account);
    moment(last, account.last_refresh_at, message("last_refresh"));
    moment(
      next,
      account.can_refresh && !AT_REST.includes(account.health) ? account.next_refresh_at : null,
      message("next_refresh"),
    );
    showSession(session, account);
  }

  /** @param {AccountView} account */
  #countDown({ id, name, label, health, issued_at, expires_at }) {
    const { ring, countdown } = this.#parts;
    const end = AT_REST.includes(health) ? null : expires_at;
    const left = (end ?? 0) - Date.now();
    countdown.hidden = end === null;
    ring.hidden = end === null || left <= 0;
    if (end === null) return;
    ring.show(left, end - (issued_at ?? 0));
    setText(countdown, left > 0 ? message("expires_in", duration(left)) : message("token_ended"));
    countdown.title = exact(end);
    if (this.#left?.account === id && THRESHOLDS.some((each) => (this.#left?.ms ?? 0) > each && left <= each)) {
      const aloud = left > 0 ? message("expires_in", duration(left, "long")) : message("token_ended");
      say(message("announce_expiry", label ?? name, aloud));
    }
    this.#left = { account: id, ms: left };
  }
}

/** @param {HTMLElement} row @param {number | null} at @param {string} label */
function moment(row, at, label) {
  row.hidden = at === null;
  if (at === null) return;
  const [term, value] = row.children;
  setText(term, label);
  setText(value, relative(at));
  value.setAttribute("title", exact(at));
}

/**
 * When the whole sign-in ends, in words; none if the provider does not say.
 * @param {Pick<AccountView, "issued_at" | "last_refresh_at" | "session_ends_at">} account
 * @returns {{ text: string, near: boolean } | null}
 */
export function sessionEnd({ issued_at, last_refresh_at, session_ends_at: end }) {
  if (end === null) return null;
  // An end that is put off by each use lies weeks behind the last one; an end that comes whatever is done is a matter of hours.
  const idle = end - (last_refresh_at ?? issued_at ?? 0) > 2 * DAY;
  const near = end - Date.now() < (idle ? 7 * DAY : 2 * HOUR);
  return { text: idle ? message("session_if_unused", day(end)) : message("session_in_any_case", exact(end)), near };
}

/** @param {HTMLElement} row @param {AccountView} account */
function showSession(row, account) {
  const end = account.health === "signed_out" || account.health === "reauth_required" ? null : sessionEnd(account);
  row.hidden = end === null;
  const state = `${end?.text}${end?.near}`;
  if (!end || row.dataset.state === state) return;
  Object.assign(row.dataset, { state, near: String(end.near) });
  const [term, value] = row.children;
  setText(term, message("session_ends"));
  value.replaceChildren(...(end.near ? [icon("warning", 16)] : []), h("span", {}, end.text));
}

/** How much of a token's life is left. A picture only: the same is said in words beside it. */
export class CountdownRing extends HTMLElement {
  #arc = circle("arc");
  #value = h("span", { class: "ring-value" });
  #unit = h("span", { class: "ring-unit" });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.setAttribute("aria-hidden", "true");
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 56 56");
    this.#arc.setAttribute("stroke-dasharray", String(LENGTH));
    svg.append(circle("track"), this.#arc);
    this.append(svg, h("span", { class: "ring-text" }, this.#value, this.#unit));
  }

  /**
   * Turns to warning colours where the backend calls the account expiring: ten minutes before the end, and in the last third.
   * @param {number} left Milliseconds.
   * @param {number} whole Milliseconds of the token's whole life.
   */
  show(left, whole) {
    const share = whole > 0 ? Math.min(1, Math.max(0, left / whole)) : 0;
    this.#arc.setAttribute("stroke-dashoffset", (LENGTH * (1 - share)).toFixed(1));
    this.dataset.level =
      left <= Math.min(60_000, whole / 6) ? "last" : left <= Math.min(600_000, whole / 3) ? "low" : "good";
    const [value, unit] = ringText(left);
    setText(this.#value, value);
    setText(this.#unit, unit);
  }
}

/** @param {string} name */
function circle(name) {
  const element = document.createElementNS(SVG, "circle");
  for (const [key, value] of Object.entries({ class: name, cx: 28, cy: 28, r: RADIUS }))
    element.setAttribute(key, String(value));
  return element;
}

customElements.define("countdown-ring", CountdownRing);
