/** One issue on one or two lines, and the small signs it is made of. */

import { h, webLink } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { calendarDay, duration, exact, relative } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { PersonAvatar } from "./person-avatar.js";

/** @import {Column, IssueRow as View, Person} from "../lib/contract.d.ts" */
/** @import {IconName} from "../lib/icons.js" */

export class IssueRow extends HTMLElement {
  /** @param {View} issue @param {Column[]} [columns] What is told beside the usual. */
  static of(issue, columns = []) {
    const row = new IssueRow();
    row.show(issue, columns);
    return row;
  }

  /** @param {View} issue @param {Column[]} columns */
  show(issue, columns) {
    Object.assign(this.dataset, { testid: "issue-row", key: issue.key });
    this.setAttribute("role", "listitem");
    this.replaceChildren(
      typeSign(issue.issue_type),
      webLink(issue.url, { class: "issue-key", tabindex: "-1" }, issue.key),
      // asks for the whole issue
      h(
        "button.issue-summary@open-issue",
        { dir: "auto", tabindex: -1, "data-action": "choice", "data-text": issue.key },
        issue.summary,
      ),
      statusLozenge(issue),
      h(
        "div.issue-line.issue-meta",
        prioritySign(issue.priority),
        assigneeSign(issue.assignee),
        dueSign(issue),
        updatedSign(issue.updated),
        ...columns.map((column, at) => cellSign(column, issue.cells[at] ?? "")),
      ),
    );
  }

  /** Of a list only one row is reached with Tab; from there the arrow keys go on. @param {boolean} on */
  current(on) {
    for (const part of this.querySelectorAll(".issue-key, .issue-summary"))
      part.setAttribute("tabindex", on ? "0" : "-1");
  }
}

/** @param {Column} column @param {string} text */
function cellSign({ name, holds }, text) {
  if (text === "") return null;
  return h("span.sign@cell", { title: name }, h("span.muted", `${name}:`), h("bdi", cellText(holds, text)));
}

/** @param {Column["holds"]} holds @param {string} text */
function cellText(holds, text) {
  const at = Date.parse(text);
  if (holds === "moment" && !Number.isNaN(at)) return relative(at);
  if (holds === "day") return calendarDay(text);
  if (holds === "seconds" && Number.isFinite(Number(text))) return duration(Number(text) * 1_000);
  return text;
}

/** What is new has none. @type {Record<string, string>} */
const TONES = { indeterminate: "brand", done: "success" };

/** @param {Pick<View, "status" | "status_category">} issue */
export function statusLozenge({ status, status_category }) {
  return h("span.status.ellipsis@status", { "data-tone": TONES[status_category] }, status);
}

/** @type {Array<[RegExp, IconName, string]>} */
const TYPES = [
  [/sub-?task|unteraufgabe/iu, "subtask", "task"],
  [/bug|fehler|defect/iu, "bug", "bug"],
  [/story/iu, "story", "story"],
  [/epic/iu, "epic", "epic"],
];

/** @param {string} type */
export function typeSign(type) {
  const [, name, kind] = TYPES.find(([pattern]) => pattern.test(type)) ?? [
    null,
    /** @type {IconName} */ ("task"),
    "task",
  ];
  return h("span.type-sign", { "data-kind": kind, title: type }, icon(name, 16), h("span.visually-hidden", type));
}

/** @type {Record<string, "highest" | "high" | "medium" | "low" | "lowest">} */
const PRIORITIES = {
  blocker: "highest",
  highest: "highest",
  critical: "highest",
  high: "high",
  major: "high",
  medium: "medium",
  low: "low",
  minor: "low",
  lowest: "lowest",
  trivial: "lowest",
};

/** @param {string | null} priority */
export function prioritySign(priority) {
  if (priority === null) return null;
  const known = priority.toLowerCase();
  const level = Object.hasOwn(PRIORITIES, known) ? PRIORITIES[known] : undefined; // a site may call one “constructor”
  return h(
    "span.sign.priority",
    { "data-level": level ?? "medium", title: message("priority") },
    level && icon(`priority_${level}`, 16),
    h("span", priority),
  );
}

/** @param {Person | null} assignee */
export function assigneeSign(assignee) {
  const face = assignee ? PersonAvatar.of(assignee.name, assignee.avatar, 20) : icon("person", 16);
  return h(
    "span.sign.assignee",
    { title: message("assignee") },
    face,
    h("bdi.ellipsis", assignee?.name ?? message("unassigned")),
  );
}

/** @param {View} issue */
function dueSign({ due, status_category }) {
  if (due === null) return null;
  const late = status_category !== "done" && Date.parse(`${due}T23:59:59`) < Date.now();
  const text = message(late ? "overdue_since" : "due_on", calendarDay(due));
  return h("span.sign.due", { "data-late": late }, icon("calendar", 16), h("span", text));
}

/** @param {string} updated */
function updatedSign(updated) {
  const at = Date.parse(updated);
  if (Number.isNaN(at)) return null;
  return h(
    "span.sign.updated",
    { title: message("updated_at", exact(at)) },
    icon("clock", 16),
    h("span", relative(at)),
  );
}

customElements.define("issue-row", IssueRow);
