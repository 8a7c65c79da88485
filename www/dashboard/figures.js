/** The statistics of one account in numbers, and failures by kind; the charts stand beside them. */

import { byId, h, setText } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { day, duration, milliseconds, number } from "../lib/format.js";

/** @import {StatisticsView} from "../lib/contract.d.ts" */

/** @param {StatisticsView} figures */
export function showFigures({ since, failures, latency_p95_ms: p95, longest_gap_ms: gap }) {
  const failed = failures.reduce((sum, { count }) => sum + count, 0);
  const most = [...failures].sort((one, other) => other.count - one.count);
  const values = [
    number(failed),
    gap === 0 ? message("no_gap") : duration(gap),
    p95 === null ? message("no_figure") : milliseconds(p95),
    day(since),
  ];
  [...byId("figures").querySelectorAll("dd")].forEach((place, at) => setText(place, values[at] ?? ""));
  byId("failures").hidden = failed === 0;
  byId("failures").replaceChildren(
    ...most.map(({ kind, count }) => h("li@failure", message(`failure_${kind}`), h("strong", number(count)))),
  );
}
