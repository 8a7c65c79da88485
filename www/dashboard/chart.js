/** Thirty days as bars: what was refreshed and what failed, and below it the share of each day with a valid token. */

import { h } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { number, percent, shortDay } from "../lib/format.js";

/** @import {DayView} from "../lib/contract.d.ts" */

const SVG = "http://www.w3.org/2000/svg";
/** The drawing is stretched to the width there is; these are its own units. */
const STEP = 20;
const BAR = 14;
const COUNTS = 100;
const SHARES = 40;
/** A day with less than this had a gap worth a look. */
const WHOLE = 0.999;
/** Shares below this are drawn as the least height that can be told from nothing. */
const LEAST = 1.5;

/** @param {HTMLElement} place @param {DayView[]} days */
export function showChart(place, days) {
  const table = /** @type {HTMLDetailsElement | null} */ (place.querySelector("details"));
  const most = Math.max(1, ...days.map(({ refreshes, failures }) => refreshes + failures));
  const empty = days.every(
    ({ refreshes, failures, valid_share }) => refreshes + failures === 0 && valid_share === null,
  );
  if (empty) return place.replaceChildren(h("p", { class: "muted" }, message("chart_empty")));
  place.replaceChildren(
    legend(),
    h(
      "div",
      { class: "chart", "data-testid": "chart" },
      h("span", { class: "axis", "aria-hidden": "true" }, number(most)),
      drawing(COUNTS, message("chart_counts"), (svg) =>
        days.forEach((day, at) => svg.append(countBars(day, at, most))),
      ),
      h("span", { class: "axis", "aria-hidden": "true" }, percent(1)),
      drawing(SHARES, message("chart_shares"), (svg) => days.forEach((day, at) => svg.append(shareBar(day, at)))),
      h("span", {}),
      h(
        "div",
        { class: "days", "aria-hidden": "true" },
        ...[0, Math.floor(days.length / 2), days.length - 1].map((at) => h("span", {}, shortDay(days[at].day))),
      ),
    ),
    asTable(days, table?.open ?? false),
  );
}

function legend() {
  const entry = (/** @type {string} */ kind, /** @type {string} */ text) =>
    h("li", {}, h("span", { class: "swatch", "data-kind": kind, "aria-hidden": "true" }), text);
  return h(
    "ul",
    { class: "legend" },
    entry("refreshes", message("refreshes")),
    entry("failures", message("failures")),
    entry("valid", message("valid_share")),
    entry("gap", message("day_with_gap")),
  );
}

/** @param {number} height @param {string} name @param {(svg: SVGElement) => void} fill */
function drawing(height, name, fill) {
  const svg = element("svg", {
    viewBox: `0 0 ${30 * STEP} ${height}`,
    preserveAspectRatio: "none",
    role: "img",
    "aria-label": name,
    height,
  });
  fill(svg);
  return svg;
}

/** @param {DayView} day @param {number} at @param {number} most */
function countBars({ day, refreshes, failures, valid_share }, at, most) {
  const [good, bad] = [refreshes, failures].map((count) => (count === 0 ? 0 : Math.max(LEAST, (count / most) * 96)));
  const group = element("g", {});
  group.append(
    title(day, refreshes, failures, valid_share),
    element("rect", { class: "hover", x: at * STEP, y: 0, width: STEP, height: COUNTS }),
    bar("refreshes", at, COUNTS - good, good),
    bar("failures", at, COUNTS - good - bad, bad),
  );
  stripe(group, at, COUNTS - good - bad, COUNTS - good);
  return group;
}

/** Not by colour alone: what is bad is also striped. @param {SVGElement} group @param {number} at @param {number} top @param {number} bottom */
function stripe(group, at, top, bottom) {
  for (let y = top + 2; y < bottom - 0.5; y += 4) {
    group.append(element("path", { class: "stripe", d: `M${at * STEP + 3} ${y}h${BAR}` }));
  }
}

/** @param {DayView} day @param {number} at */
function shareBar({ day, refreshes, failures, valid_share }, at) {
  const height = Math.max(LEAST, (valid_share ?? 0) * (SHARES - 2));
  const group = element("g", {});
  group.append(
    title(day, refreshes, failures, valid_share),
    element("rect", { class: "hover", x: at * STEP, y: 0, width: STEP, height: SHARES }),
  );
  if (valid_share === null) {
    group.append(element("rect", { class: "unknown", x: at * STEP + 3, y: SHARES - 1, width: BAR, height: 1 }));
    return group;
  }
  const gap = valid_share < WHOLE;
  group.append(bar(gap ? "valid gap" : "valid", at, SHARES - height, height));
  if (gap) stripe(group, at, SHARES - height, SHARES);
  return group;
}

/** @param {string} kind @param {number} at @param {number} y @param {number} height */
function bar(kind, at, y, height) {
  return element("rect", { class: `bar ${kind}`, x: at * STEP + 3, y, width: BAR, height });
}

/** What the pointer shows. @param {number} day @param {number} refreshes @param {number} failures @param {number | null} share */
function title(day, refreshes, failures, share) {
  const text = message("chart_day", shortDay(day), number(refreshes), number(failures), shareText(share));
  const made = element("title", {});
  made.textContent = text;
  return made;
}

/** @param {number | null} share */
function shareText(share) {
  return share === null ? message("no_figure") : percent(share);
}

/** The same for those who cannot see or do not trust a picture. @param {DayView[]} days @param {boolean} open */
function asTable(days, open) {
  const heads = [message("day"), message("refreshes"), message("failures"), message("valid_share")];
  return h(
    "details",
    { class: "chart-table", open, "data-testid": "chart-table" },
    h("summary", {}, message("chart_as_table")),
    h(
      "table",
      {},
      h("caption", { class: "visually-hidden" }, message("chart_title")),
      h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
      h(
        "tbody",
        {},
        ...[...days]
          .reverse()
          .map(({ day, refreshes, failures, valid_share }) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, shortDay(day)),
              ...[number(refreshes), number(failures), shareText(valid_share)].map((text) => h("td", {}, text)),
            ),
          ),
      ),
    ),
  );
}

/** @param {string} tag @param {Record<string, string | number>} attributes */
function element(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return /** @type {SVGElement} */ (made);
}
