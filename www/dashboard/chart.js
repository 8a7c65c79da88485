/** Small charts: a bar for each day or each refresh, with a title, a description, and the same as a table. */

import { h, svg } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { milliseconds, number, percent, shortDay } from "../lib/format.js";

/** @import {DayView, StatisticsView} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */
/** One bar: from below `good`, on it `bad`; none of both where nothing is known. @typedef {{ good: number | null, bad: number, text: string }} Bar */

/** The drawing is stretched to the width there is; these are its own units. */
const STEP = 20;
const WIDTH = 14;
const HEIGHT = 60;
/** What is less is drawn as the least height that can be told from nothing. */
const LEAST = 1.5;

/** @param {HTMLElement} place @param {StatisticsView} figures */
export function showCharts(place, { days, latencies_ms, success_rate, valid_share, latency_median_ms, refreshes }) {
  const open = place.querySelector("details")?.open ?? false;
  const none = message("no_figure");
  const ofDay = (/** @type {(day: DayView) => [number | null, number]} */ read) =>
    days.map((day) => {
      const [good, bad] = read(day);
      return { good, bad, text: dayText(day) };
    });
  const span = [days[0], days[days.length >> 1], days[days.length - 1]].map(({ day }) => shortDay(day));
  const latencies = latencies_ms.map((ms) => ({ good: ms, bad: 0, text: milliseconds(ms) }));
  const valid = ofDay(({ valid_share: share }) => [share, share === null ? 0 : 1 - share]);
  const success = ofDay((day) => {
    const rate = rateOf(day);
    return [rate, rate === null ? 0 : 1 - rate];
  });
  const counts = ofDay((day) => [day.refreshes, day.failures]);
  place.replaceChildren(
    chart("valid_share", valid_share === null ? none : percent(valid_share), valid, span),
    chart("refreshes_a_day", number(refreshes), counts, span),
    chart("success_rate", success_rate === null ? none : percent(success_rate), success, span),
    chart("latency", latency_median_ms === null ? none : milliseconds(latency_median_ms), latencies, [
      message("older"),
      message("newest"),
    ]),
    table(days, latencies_ms, open),
  );
}

/** @param {MessageKey} name @param {string} figure @param {Bar[]} bars @param {string[]} axis */
function chart(name, figure, bars, axis) {
  const most = Math.max(...bars.map(({ good, bad }) => (good ?? 0) + bad));
  const empty = !(most > 0);
  return h(
    "figure.chart@chart",
    { "data-chart": name },
    h("figcaption", h("span", message(name)), h("strong", figure)),
    empty ? h("p.caption.muted", message("chart_empty")) : drawing(name, figure, bars, most),
    empty ? "" : h("div.axis", { "aria-hidden": "true" }, ...axis.map((text) => h("span", text))),
  );
}

/** @param {MessageKey} name @param {string} figure @param {Bar[]} bars @param {number} most */
function drawing(name, figure, bars, most) {
  const [title, about] = [`chart-${name}`, `chart-${name}-about`];
  return svg(
    "svg",
    {
      viewBox: `0 0 ${Math.max(bars.length, 10) * STEP} ${HEIGHT}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-labelledby": title,
      "aria-describedby": about,
    },
    svg("title", { id: title }, `${message(name)}: ${figure}`),
    svg("desc", { id: about }, message("chart_about", bars.length)),
    ...bars.map((bar, at) => column(bar, at, most)),
  );
}

/** Not by colour alone: what is bad is also striped. @param {Bar} bar @param {number} at @param {number} most */
function column({ good, bad, text }, at, most) {
  const height = (/** @type {number} */ value) => (value === 0 ? 0 : Math.max(LEAST, (value / most) * (HEIGHT - 1)));
  const [low, high] = [height(good ?? 0), height(bad)];
  const x = at * STEP + (STEP - WIDTH) / 2;
  const rect = (/** @type {string} */ name, /** @type {number} */ y, /** @type {number} */ tall) =>
    svg("rect", { class: name, x, y, width: WIDTH, height: tall });
  const group = svg(
    "g",
    {},
    svg("title", {}, text),
    svg("rect", { class: "hover", x: at * STEP, y: 0, width: STEP, height: HEIGHT }),
  );
  if (good === null) group.append(rect("unknown", HEIGHT - 1, 1));
  else group.append(rect("good", HEIGHT - low, low), rect("bad", HEIGHT - low - high, high));
  for (let y = HEIGHT - low - high + 2; y < HEIGHT - low - 0.5; y += 4)
    group.append(svg("path", { class: "stripe", d: `M${x} ${y}h${WIDTH}` }));
  return group;
}

/** @param {DayView} day */
function rateOf({ refreshes, failures }) {
  return refreshes + failures === 0 ? null : refreshes / (refreshes + failures);
}

/** @param {number | null} share */
const shareText = (share) => (share === null ? message("no_figure") : percent(share));

/** What the pointer shows. @param {DayView} day */
function dayText({ day, refreshes, failures, valid_share }) {
  return message("chart_day", shortDay(day), number(refreshes), number(failures), shareText(valid_share));
}

/** The same for those who cannot see or do not trust a picture. @param {DayView[]} days @param {number[]} latencies @param {boolean} open */
function table(days, latencies, open) {
  const heads = [
    message("day"),
    message("refreshes"),
    message("failures"),
    message("success_rate"),
    message("valid_share"),
  ];
  const row = (/** @type {DayView} */ day) => {
    const cells = [number(day.refreshes), number(day.failures), shareText(rateOf(day)), shareText(day.valid_share)];
    return h("tr", h("th", { scope: "row" }, shortDay(day.day)), ...cells.map((text) => h("td", text)));
  };
  return h(
    "details.chart-table@chart-table",
    { open },
    h("summary", message("chart_as_table")),
    h(
      "table",
      h("caption.visually-hidden", message("chart_title")),
      h("thead", h("tr", ...heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", ...[...days].reverse().map(row)),
    ),
    latencies.length > 0 &&
      h("p.caption", message("latency"), ": ", [...latencies].reverse().map(milliseconds).join(", ")),
  );
}
