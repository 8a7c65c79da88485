/** The watch over all tokens: whether it runs, when it looked, when it will, and stopping and starting it. */

import { byId, everySecond, setText } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { exact, relative } from "../lib/format.js";
import { icon } from "../lib/icons.js";

/** @import {Status} from "../lib/contract.d.ts" */
/** @import {IconName} from "../lib/icons.js" */

/** @type {Status | null} */
let current = null;

/** @param {Status} status @param {boolean} needed Whether there is anything to watch. */
export function show(status, needed) {
  current = status;
  const missing = status.running && needed && !status.alarm_set;
  const bar = byId("watch");
  bar.hidden = !needed;
  const state = !status.running ? "stopped" : missing ? "no-alarm" : "running";
  if (bar.dataset.watch !== state) {
    bar.dataset.watch = state;
    /** @type {IconName} */
    const sign = status.running && !missing ? "check_circle" : "warning";
    byId("watch-sign").replaceChildren(icon(sign));
  }
  setText(byId("watch-state"), message(status.running ? "watch_on" : "watch_off"));
  setText(byId("watch-alarm"), message(status.alarm_set ? "alarm_set" : "alarm_missing"));
  byId("watch-hint").hidden = status.running && !missing;
  setText(byId("watch-hint"), message(status.running ? "alarm_missing_hint" : "watch_off_hint"));
  const toggle = byId("watch-toggle");
  if (toggle.dataset.shows !== String(status.running)) {
    toggle.dataset.shows = String(status.running);
    toggle.replaceChildren(
      icon(status.running ? "pause" : "play"),
      message(status.running ? "watch_stop" : "watch_start"),
    );
  }
  tick();
}

/** Whether it runs; what the button changes. */
export function running() {
  return current?.running ?? true;
}

function tick() {
  if (!current) return;
  moment(byId("last-check"), current.last_check_at, message("never"));
  moment(byId("next-check"), current.next_check_at, message("none_planned"));
}

everySecond(() => tick());

/** @param {HTMLElement} place @param {number | null} at @param {string} none */
function moment(place, at, none) {
  setText(place, at === null ? none : relative(at));
  place.title = at === null ? "" : exact(at);
}
