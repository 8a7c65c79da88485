/** Numbers: groups with their bars, numbers over time, figures. Bars repeat what stands beside them, so they are not read aloud. */

import { h, svg } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { calendarDay, number } from "../lib/format.js";
import { asking, frame } from "./frame.js";

/** @import {Group, Span} from "../lib/contract.d.ts" */
/** @import {Child} from "../lib/dom.js" */
/** @import {CardOf} from "./frame.js" */

/** @param {number} value @param {number} most */
function bar(value, most) {
  return h("meter", { min: 0, max: Math.max(most, 1), value, "aria-hidden": "true" });
}

/** A number with the query behind it, if there is one. @param {string} text @param {string} jql @param {string} name */
function counted(text, jql, name) {
  if (jql === "") return text;
  return asking(jql, "button.subtle@drill", { "aria-label": `${name}: ${text}`, title: jql }, text);
}

/** @param {string} label @param {Child[]} head @param {HTMLElement[]} rows */
function table(label, head, rows) {
  return h(
    "div.scroll",
    { tabindex: 0, role: "region", "aria-label": label },
    h(
      "table.figures-table",
      h("thead", h("tr", ...head.map((each) => h("th", { scope: "col" }, each)))),
      h("tbody", ...rows),
    ),
  );
}

/** @param {CardOf<"groups">} card */
export function groupsCard({ field, groups, others, total, approximate, several }) {
  const most = Math.max(others, ...groups.map(({ count }) => count));
  const row = (/** @type {string} */ name, /** @type {number} */ count, /** @type {string} */ jql) =>
    h(
      "tr@group",
      h("th", { scope: "row", dir: "auto" }, name),
      h("td.number", counted(number(count), jql, name)),
      h("td.bar", bar(count, most)),
    );
  const rows = groups.map((/** @type {Group} */ { name, count, jql }) => row(name || message("none"), count, jql));
  if (others > 0) rows.push(row(message("others"), others, ""));
  const bars = h("span.visually-hidden", message("share"));
  const notes = [
    message(approximate ? "total_about" : "total_is", number(total)),
    several && message("several_values"),
  ].filter(Boolean);
  return frame(
    "groups",
    table(field, [field, message("issues_label"), bars], rows),
    h("p.caption.muted@total", notes.join(" ")),
  );
}

/** Of the drawing over time, in its own units: it is stretched to the width there is. */
const [COLUMN, HEIGHT, LEAST] = [10, 60, 1.5];

/** The spans as columns side by side; the table below says the same in numbers. @param {Span[]} spans @param {number} most */
function columns(spans, most) {
  const width = spans.length * ((spans[0]?.counts.length ?? 0) * COLUMN + COLUMN);
  const step = width / Math.max(spans.length, 1);
  const bars = spans.flatMap(({ counts }, at) =>
    counts.map((count, of) => {
      const height = count === 0 ? 0 : Math.max((count / Math.max(most, 1)) * HEIGHT, LEAST);
      const x = at * step + COLUMN / 2 + of * COLUMN;
      return svg("rect", { x, y: HEIGHT - height, width: COLUMN - 1, height, "data-series": of });
    }),
  );
  const look = { class: "columns", viewBox: `0 0 ${width} ${HEIGHT}`, preserveAspectRatio: "none" };
  return svg("svg", { ...look, "aria-hidden": "true" }, ...bars);
}

/** @param {CardOf<"chart">} card */
export function chartCard({ series, spans }) {
  const most = Math.max(...spans.flatMap(({ counts }) => counts), 0);
  const days = (/** @type {Span} */ { from, to }) =>
    from === to ? calendarDay(from) : `${calendarDay(from)} – ${calendarDay(to)}`;
  const rows = spans.map((span) =>
    h("tr@span", h("th", { scope: "row" }, days(span)), ...span.counts.map((count) => h("td.number", number(count)))),
  );
  const heads = series.map(({ name, jql, total, approximate }, of) =>
    h(
      "span",
      h("i.swatch", { "data-series": of }),
      name,
      " ",
      counted(`${approximate ? "≈ " : ""}${number(total)}`, jql, name),
    ),
  );
  return frame(
    "chart",
    columns(spans, most),
    table(series.map(({ name }) => name).join(", "), [message("time_span"), ...heads], rows),
  );
}

/** @param {CardOf<"figures">} card */
export function figuresCard({ figures }) {
  return h(
    "dl.fields@card-figures",
    ...figures.map(({ name, value, jql }) =>
      h("div@figure", h("dt", name), h("dd", { dir: "auto" }, counted(value, jql, name))),
    ),
  );
}
