/** Rich text from Jira as elements. Whatever it says is put in as text; the only addresses are links of the web. */

import { h, webLink } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { calendarDay } from "../lib/format.js";

/** @import {Block, Document, Inline, List, Marks, Media} from "../lib/contract.d.ts" */
/** @import {Child} from "../lib/dom.js" */

/** A text longer than this starts folded. */
const LONG = 700;
const DAY = 86_400_000;
/** The flags of marks, with the elements that show them. @type {Array<[number, "strong" | "em" | "s" | "code" | "u" | "sub" | "sup"]>} */
const MARKS = [
  [8, "code"],
  [1, "strong"],
  [2, "em"],
  [4, "s"],
  [16, "u"],
  [32, "sub"],
  [64, "sup"],
];

/** A document, folded where it is long. @param {Document} document */
export function richText({ blocks }) {
  const body = h("div.rich", { dir: "auto" }, ...blocks.map(block));
  if ((body.textContent ?? "").length <= LONG) return body;
  body.classList.add("folded");
  const onclick = () => {
    const folded = body.classList.toggle("folded");
    more.setAttribute("aria-expanded", String(!folded));
    more.textContent = message(folded ? "show_all" : "show_less");
  };
  const more = h("button.button.subtle", { "aria-expanded": "false", onclick }, message("show_all"));
  return h("div", body, more);
}

/** @param {Block} each @returns {Child} */
function block(each) {
  switch (each.kind) {
    case "paragraph":
      return h("p", ...each.of.map(inline));
    case "heading":
      // the card has headings of its own, so these are bold lines
      return h("p.rich-heading", { "data-level": each.of[0] }, ...each.of[1].map(inline));
    case "code":
      return h("pre", { tabindex: 0, role: "region", "aria-label": each.of.language || "code" }, each.of.text);
    case "quote":
      return h("blockquote", ...each.of.map(block));
    case "panel":
      return h("div.rich-panel", { "data-panel": each.of[0] }, ...each.of[1].map(block));
    case "expand":
      return h("details", h("summary", each.of.title || "…"), ...each.of.blocks.map(block));
    case "list":
      return list(each.of);
    case "table":
      return table(each.of);
    case "media":
      return h("p", media(each.of));
    case "card":
      return h("p", webLink(each.of, {}, each.of));
    case "rule":
      return h("hr");
  }
}

/** @param {List} list */
function list({ kind, items }) {
  const rows = items.map(({ done, blocks }) => h("li", kind === "tasks" && (done ? "☑ " : "☐ "), ...blocks.map(block)));
  if (typeof kind === "object") return h("ol", { start: kind.numbers }, ...rows);
  return h("ul", { class: kind === "bullets" ? "" : "rich-tasks" }, ...rows);
}

/** @param {Extract<Block, { kind: "table" }>["of"]} rows */
function table(rows) {
  const lines = rows.map((row) =>
    h("tr", ...row.map(({ header, blocks }) => h(header ? "th" : "td", {}, ...blocks.map(block)))),
  );
  return h(
    "div.scroll",
    { tabindex: 0, role: "region", "aria-label": message("table") },
    h("table.rich-table", h("tbody", ...lines)),
  );
}

/** @param {Inline} each @returns {Child} */
function inline(each) {
  switch (each.kind) {
    case "text":
      return marked(...each.of);
    case "break":
      return h("br");
    case "mention":
      return h("span.mention", each.of.name);
    case "date":
      return h("time", day(each.of));
    case "status":
      return h("span.label", each.of.text);
    case "emoji":
      return each.of.text || each.of.name;
    case "card":
      return webLink(each.of, {}, each.of);
    case "media":
      return media(each.of);
  }
}

/** @param {number} days */
function day(days) {
  const at = new Date(days * DAY);
  return Number.isNaN(at.valueOf()) ? "" : calendarDay(at.toISOString().slice(0, 10));
}

/** @param {string} text @param {Marks} marks */
function marked(text, { flags, link }) {
  /** @type {Node | string} */
  let node = text;
  for (const [flag, tag] of MARKS) if (flags & flag) node = h(tag, {}, node);
  return link === null ? node : webLink(link, {}, node);
}

/** Pictures are not fetched: they are named. @param {Media} media */
function media({ alt, source }) {
  const name = alt || message("picture");
  return typeof source === "object" && "url" in source ? webLink(source.url, {}, name) : h("em", name);
}
