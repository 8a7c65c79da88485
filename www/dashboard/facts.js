/** What there is to know about an account beside its card: statistics, token, history, and its own settings. */

import "../shared.js";
import { byId } from "../lib/dom.js";
import { showCharts } from "./chart.js";
import * as controls from "./controls.js";
import { showFigures } from "./figures.js";
import * as history from "./history.js";
import { showToken, tickToken } from "./token-table.js";

/** @import {AccountDetails} from "../lib/contract.d.ts" */

export const { begin } = controls;
export const { add } = history;

/** @param {AccountDetails} details */
export function show(details) {
  showToken(byId("token"), details);
  showCharts(byId("charts"), details.statistics);
  showFigures(details.statistics);
  history.show(details.account.id, details.history);
  controls.show(details);
}

/** Lets the remaining time run. @param {AccountDetails} details */
export function tick({ token }) {
  tickToken(byId("token"), token.expires_at);
}
