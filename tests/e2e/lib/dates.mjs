/* Moments as JQL writes them, in UTC, with weeks that begin on Monday. */

/** @typedef {"day" | "week" | "month" | "year"} Unit */

const SPANS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/**
 * Shifts a moment by an increment such as `-1d`, `2w` or `1M`; without a letter it counts in `unit`.
 * @param {number} at
 * @param {string | undefined} increment
 * @param {Unit} unit
 */
function shift(at, increment, unit) {
  if (increment === undefined || increment === "") return at;
  const [, sign = "", count = "", letter = { day: "d", week: "w", month: "M", year: "y" }[unit]] =
    /^([+-]?)(\d+)([yMwdhm])?$/.exec(increment) ?? [];
  if (count === "") throw new Error(`the increment ${increment} is not covered`);
  const number = Number(`${sign}${count}`);
  if (letter !== "y" && letter !== "M") return at + number * SPANS[/** @type {keyof typeof SPANS} */ (letter)];
  const date = new Date(at);
  if (letter === "y") date.setUTCFullYear(date.getUTCFullYear() + number);
  else date.setUTCMonth(date.getUTCMonth() + number);
  return date.getTime();
}

/** @param {number} at @param {Unit} unit */
function truncate(at, unit) {
  const date = new Date(at);
  date.setUTCHours(0, 0, 0, 0);
  if (unit === "week") date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  if (unit === "month" || unit === "year") date.setUTCDate(1);
  if (unit === "year") date.setUTCMonth(0);
  return date.getTime();
}

/** An increment of the unit or larger is applied before truncation, a smaller one after it. @param {string} increment @param {Unit} unit */
function before(increment, unit) {
  const sizes = { m: 0, h: 1, d: 2, w: 3, M: 4, y: 5 };
  const letter = /[a-zA-Z]$/.exec(increment)?.[0];
  if (letter === undefined) return true;
  return sizes[/** @type {keyof typeof sizes} */ (letter)] >= { day: 2, week: 3, month: 4, year: 5 }[unit];
}

/**
 * @param {number} at
 * @param {Unit} unit
 * @param {string} [increment]
 */
export function startOf(at, unit, increment = "") {
  return before(increment, unit)
    ? truncate(shift(at, increment, unit), unit)
    : shift(truncate(at, unit), increment, unit);
}

/**
 * @param {number} at
 * @param {Unit} unit
 * @param {string} [increment]
 */
export function endOf(at, unit, increment = "") {
  const end = (/** @type {number} */ from) => truncate(shift(truncate(from, unit), "1", unit), unit) - 1;
  return before(increment, unit) ? end(shift(at, increment, unit)) : shift(end(at), increment, unit);
}

/**
 * A date or a moment written out, or an offset from now such as `-7d`.
 * @param {string} text
 * @param {number} now
 */
export function moment(text, now) {
  if (/^[+-]?\d+[yMwdhm]$/.test(text)) return shift(now, text, "day");
  const plain = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d{2}))?$/.exec(text);
  if (plain) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = plain.slice(1).map((part) => Number(part ?? 0));
    return Date.UTC(year, month - 1, day, hour, minute);
  }
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new Error(`the date ${text} is not covered`);
  return at;
}
