/** Times and numbers as the person reads them. */

import { language, message } from "./extension.js";

/** @import {AccountView} from "./contract.d.ts" */
/** @import {MessageKey} from "./extension.js" */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @type {Map<string, any>} */
const formats = new Map();
/**
 * Formatters are dear to build, so each is built once.
 * @template T
 * @param {string} name
 * @param {() => T} build
 * @returns {T}
 */
function once(name, build) {
  const known = formats.get(name) ?? build();
  formats.set(name, known);
  return known;
}

/** "12 minutes ago", "in 43 minutes", "now". @param {number} at @param {number} [now] */
export function relative(at, now = Date.now()) {
  const format = once("relative", () => new Intl.RelativeTimeFormat(language(), { numeric: "auto" }));
  const away = at - now;
  const size = Math.abs(away);
  if (size < MINUTE) return format.format(0, "second");
  if (size < HOUR) return format.format(Math.round(away / MINUTE), "minute");
  if (size < DAY) return format.format(Math.round(away / HOUR), "hour");
  if (size < 30 * DAY) return format.format(Math.round(away / DAY), "day");
  if (size < 365 * DAY) return format.format(Math.round(away / (30 * DAY)), "month");
  return format.format(Math.round(away / (365 * DAY)), "year");
}

/** How dates are written, by a name of our own. @param {string} name @param {Intl.DateTimeFormatOptions} options @returns {(at: number) => string} */
const dates = (name, options) => (at) => once(name, () => new Intl.DateTimeFormat(language(), options)).format(at);

/** Date and time to the minute. */
export const exact = dates("exact", { dateStyle: "medium", timeStyle: "short" });

/** A moment's day. */
export const day = dates("day", { dateStyle: "medium" });

/** Date and time to the second, for logs. */
export const precise = dates("precise", { dateStyle: "medium", timeStyle: "medium" });

/** A short day without the year, in UTC: days of statistics begin there. */
export const shortDay = dates("short", { day: "numeric", month: "short", timeZone: "UTC" });

/** A calendar day; days have no time zone. @param {string} text As `2026-11-20`. */
export function calendarDay(text) {
  const at = Date.parse(`${text}T00:00:00`);
  return Number.isNaN(at) ? text : day(at);
}

/** How numbers are written, by a name of our own. @param {string} name @param {Intl.NumberFormatOptions} [options] */
const numbers = (name, options) => once(name, () => new Intl.NumberFormat(language(), options));

/** With a unit of `Intl`. @param {string} unit @param {"short" | "long"} [unitDisplay] */
const measures = (unit, unitDisplay = "short") =>
  numbers(unit + unitDisplay, { style: "unit", unit, unitDisplay, maximumFractionDigits: 1 });

/** @param {number} value */
export function number(value) {
  return numbers("number").format(value);
}

/** A share from 0 to 1; never rounded up to the whole. @param {number} share */
export function percent(share) {
  const format = numbers("percent", { style: "percent", maximumFractionDigits: 1 });
  return format.format(Math.floor(share * 1_000) / 1_000);
}

/** A short time: "640 ms", "1.2 sec". @param {number} ms */
export function milliseconds(ms) {
  return ms < 1_000 ? measures("millisecond").format(Math.round(ms)) : measures("second").format(ms / 1_000);
}

/** A size of stored data: "640 B", "12 kB", "3.4 MB". @param {number} size */
export function bytes(size) {
  if (size < 1_000) return measures("byte").format(size);
  return size < 1_000_000 ? measures("kilobyte").format(size / 1_000) : measures("megabyte").format(size / 1_000_000);
}

/** @param {number} value Whole. @param {"second" | "minute" | "hour" | "day"} unit @param {"short" | "long"} width */
const amount = (value, unit, width) => measures(unit, width).format(value);

/**
 * What is left, in the largest unit that still says something: "48 min", "2 hr 5 min", "30 sec". Never negative.
 * @param {number} ms
 * @param {"short" | "long"} [width] `long` is for reading aloud.
 */
export function duration(ms, width = "short") {
  const left = Math.max(0, ms);
  if (left < MINUTE) return amount(Math.floor(left / 1_000), "second", width);
  if (left < HOUR) return amount(Math.floor(left / MINUTE), "minute", width);
  if (left >= 2 * DAY) return amount(Math.floor(left / DAY), "day", width);
  const minutes = Math.floor((left % HOUR) / MINUTE);
  const hours = amount(Math.floor(left / HOUR), "hour", width);
  return minutes === 0 ? hours : `${hours} ${amount(minutes, "minute", width)}`;
}

/** The same in two short lines, for the ring: `["48", "min"]`. @param {number} ms @returns {[string, string]} */
export function ringText(ms) {
  const left = Math.max(0, ms);
  /** @type {[number, "second" | "minute" | "hour" | "day"]} */
  const [value, unit] =
    left < MINUTE
      ? [left / 1_000, "second"]
      : left < 100 * MINUTE
        ? [left / MINUTE, "minute"]
        : left < 2 * DAY
          ? [left / HOUR, "hour"]
          : [left / DAY, "day"];
  const parts = measures(unit).formatToParts(Math.floor(value));
  const digits = parts
    .filter((part) => part.type !== "unit" && part.type !== "literal")
    .map((part) => part.value)
    .join("");
  return [digits, parts.find((part) => part.type === "unit")?.value ?? ""];
}

/**
 * The form that fits the number: the texts are called `name_one` and `name_other`.
 * @param {number} count
 * @param {keyof { [K in MessageKey as K extends `${infer Name}_one` ? Name : never]: 1 }} name
 */
export function plural(count, name) {
  const one = once("plural", () => new Intl.PluralRules(language())).select(count) === "one";
  return message(/** @type {MessageKey} */ (`${name}_${one ? "one" : "other"}`), number(count));
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
