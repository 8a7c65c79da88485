/** One issue on one or two lines, and the small signs it is made of. */

import { h, webLink } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { calendarDay, exact, relative } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { PersonAvatar } from "./person-avatar.js";

/** @import {IssueRow as View, Person} from "../lib/contract.d.ts" */
/** @import {IconName} from "../lib/icons.js" */

export class IssueRow extends HTMLElement {
  /** @param {View} issue */
  static of(issue) {
    const row = new IssueRow();
    row.show(issue);
    return row;
  }

  /** @param {View} issue */
  show(issue) {
    Object.assign(this.dataset, { testid: "issue-row", key: issue.key });
    this.setAttribute("role", "listitem");
    this.replaceChildren(
      h("div", { class: "issue-line" }, typeSign(issue.issue_type), webLink(issue.url, { class: "issue-key" }, issue.key), statusLozenge(issue)),
      h("p", { class: "issue-summary", dir: "auto" }, issue.summary),
      h("div", { class: "issue-line issue-meta" }, prioritySign(issue.priority), assigneeSign(issue.assignee), dueSign(issue), updatedSign(issue.updated)));
  }
}

/** @param {Pick<View, "status" | "status_category">} issue */
export function statusLozenge({ status, status_category }) {
  return h("span", { class: "status", "data-category": status_category, "data-testid": "status" }, status);
}

/** @type {Array<[RegExp, IconName, string]>} */
const TYPES = [[/sub-?task|unteraufgabe/iu, "subtask", "task"], [/bug|fehler|defect/iu, "bug", "bug"], [/story/iu, "story", "story"], [/epic/iu, "epic", "epic"]];

/** @param {string} type */
export function typeSign(type) {
  const [, name, kind] = TYPES.find(([pattern]) => pattern.test(type)) ?? [null, /** @type {IconName} */ ("task"), "task"];
  return h("span", { class: "type-sign", "data-kind": kind, title: type }, icon(name, 16), h("span", { class: "visually-hidden" }, type));
}

/** @type {Record<string, IconName>} */
const PRIORITIES = { blocker: "priority_highest", highest: "priority_highest", critical: "priority_highest", high: "priority_high", major: "priority_high",
  medium: "priority_medium", low: "priority_low", minor: "priority_low", lowest: "priority_lowest", trivial: "priority_lowest" };

/** @param {string | null} priority */
export function prioritySign(priority) {
  if (priority === null) return null;
  const name = PRIORITIES[priority.toLowerCase()];
  return h("span", { class: "sign priority", "data-level": name?.slice("priority_".length) ?? "medium", title: message("priority") },
    name ? icon(name, 16) : null, h("span", {}, priority));
}

/** @param {Person | null} assignee */
export function assigneeSign(assignee) {
  const face = assignee ? PersonAvatar.of(assignee.name, assignee.avatar, 20) : icon("person", 16);
  return h("span", { class: "sign assignee", title: message("assignee") }, face, h("span", { dir: "auto" }, assignee?.name ?? message("unassigned")));
}

/** @param {View} issue */
function dueSign({ due, status_category }) {
  if (due === null) return null;
  const late = status_category !== "done" && Date.parse(`${due}T23:59:59`) < Date.now();
  const text = message(late ? "overdue_since" : "due_on", calendarDay(due));
  return h("span", { class: "sign due", "data-late": late }, icon("calendar", 16), h("span", {}, text));
}

/** @param {string} updated */
function updatedSign(updated) {
  const at = Date.parse(updated);
  if (Number.isNaN(at)) return null;
  return h("span", { class: "sign updated", title: message("updated_at", exact(at)) }, icon("clock", 16), h("span", {}, relative(at)));
}

customElements.define("issue-row", IssueRow);
