/** The statistics of one account: tiles, and failures by kind. */

import { h } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { day, duration, milliseconds, number, percent } from "../lib/format.js";
import { FAILURES } from "../lib/happenings.js";

/** @import {StatisticsView} from "../lib/contract.d.ts" */

/** @param {HTMLElement} place @param {StatisticsView} figures */
export function showFigures(place, figures) {
  const failed = figures.failures.reduce((sum, { count }) => sum + count, 0);
  const none = message("no_figure");
  const share = (/** @type {number | null} */ value) => (value === null ? none : percent(value));
  const time = (/** @type {number | null} */ value) => (value === null ? none : milliseconds(value));
  const gap = figures.longest_gap_ms;
  place.replaceChildren(
    h("p", { class: "caption muted" }, message("counted_since", day(figures.since))),
    h(
      "dl",
      { class: "tiles" },
      tile("refreshes", message("refreshes"), number(figures.refreshes)),
      tile("failures", message("failures"), number(failed)),
      tile("success", message("success_rate"), share(figures.success_rate)),
      tile("valid", message("valid_share"), share(figures.valid_share)),
      tile("gap", message("longest_gap"), gap === 0 ? message("no_gap") : duration(gap)),
      tile("median", message("latency_median"), time(figures.latency_median_ms)),
      tile("p95", message("latency_p95"), time(figures.latency_p95_ms)),
    ),
    failed === 0 ? "" : failureList(figures),
  );
}

/** @param {string} name @param {string} term @param {string} value */
function tile(name, term, value) {
  return h("div", { class: "tile", "data-testid": `tile-${name}` }, h("dt", {}, term), h("dd", {}, value));
}

/** The commonest first. @param {StatisticsView} figures */
function failureList({ failures }) {
  const most = [...failures].sort((one, other) => other.count - one.count);
  return h(
    "div",
    { class: "failures" },
    h("h4", {}, message("failures_by_kind")),
    h(
      "ul",
      {},
      ...most.map(({ kind, count }) =>
        h(
          "li",
          { "data-testid": "failure", "data-kind": kind },
          message(FAILURES[kind]),
          h("strong", {}, number(count)),
        ),
      ),
    ),
  );
}
