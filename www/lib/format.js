/** Times and numbers as the person reads them. */

import { language, message } from "./extension.js";

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

/** Date and time to the minute. @param {number} at */
export function exact(at) {
  return once("exact", () => new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" })).format(
    at,
  );
}

/** A moment's day. @param {number} at */
export function day(at) {
  return once("day", () => new Intl.DateTimeFormat(language(), { dateStyle: "medium" })).format(at);
}

/** Date and time to the second, for logs. @param {number} at */
export function precise(at) {
  return once(
    "precise",
    () => new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "medium" }),
  ).format(at);
}

/** A short day without the year, in UTC: days of statistics begin there. @param {number} at */
export function shortDay(at) {
  const build = () => new Intl.DateTimeFormat(language(), { day: "numeric", month: "short", timeZone: "UTC" });
  return once("short", build).format(at);
}

/** A calendar day; days have no time zone. @param {string} text As `2026-11-20`. */
export function calendarDay(text) {
  const at = Date.parse(`${text}T00:00:00`);
  return Number.isNaN(at) ? text : day(at);
}

/** @param {number} value */
export function number(value) {
  return once("number", () => new Intl.NumberFormat(language())).format(value);
}

/** A share from 0 to 1; never rounded up to the whole. @param {number} share */
export function percent(share) {
  const build = () => new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: 1 });
  return once("percent", build).format(Math.floor(share * 1_000) / 1_000);
}

/** A short time: "640 ms", "1.2 sec". @param {number} ms */
export function milliseconds(ms) {
  const unit = ms < 1_000 ? "millisecond" : "second";
  const build = () =>
    new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 });
  return once(unit, build).format(ms < 1_000 ? Math.round(ms) : ms / 1_000);
}

/** @param {number} value @param {"second" | "minute" | "hour" | "day"} unit @param {"short" | "long"} unitDisplay */
function amount(value, unit, unitDisplay) {
  return once(unit + unitDisplay, () => new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay })).format(
    value,
  );
}

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
  const parts = once(
    `ring${unit}`,
    () => new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "short" }),
  ).formatToParts(Math.floor(value));
  const digits = parts
    .filter((part) => part.type !== "unit" && part.type !== "literal")
    .map((part) => part.value)
    .join("");
  return [digits, parts.find((part) => part.type === "unit")?.value ?? ""];
}

/** The form that fits the number. @param {number} count @param {{ one: MessageKey, other: MessageKey }} keys */
export function plural(count, keys) {
  const rules = once("plural", () => new Intl.PluralRules(language()));
  return message(rules.select(count) === "one" ? keys.one : keys.other, number(count));
}
