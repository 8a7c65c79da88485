/** The pieces of an answer, each from its view. Everything in them that came from Jira is put in as text. */

import { assigneeSign, IssueRow, prioritySign, statusLozenge, typeSign } from "../elements/issue-row.js";
import { toast } from "../elements/toast-region.js";
import { h, webLink } from "../lib/dom.js";
import { copyText, message } from "../lib/extension.js";
import { calendarDay, exact, number, plural, relative } from "../lib/format.js";
import { icon } from "../lib/icons.js";

/** @import {Card, Clause, CommentView, IssueDetail} from "../lib/contract.d.ts" */
/** @import {Child} from "../lib/dom.js" */
/** @template {Card["kind"]} K @typedef {Extract<Card, { kind: K }>} CardOf */

/** A description longer than this starts folded. */
const LONG_TEXT = 700;

/**
 * Adds one card to an answer. Issues that follow issues join their list; their number, which comes after them, stands above.
 * @param {HTMLElement} answer
 * @param {Card} card
 */
export function addCard(answer, card) {
  if (card.kind === "issues") return addIssues(answer, card);
  const list = card.kind === "count" && answer.querySelector("[data-testid=card-issues]");
  if (list) list.before(render(card));
  else answer.append(render(card));
}

/** @param {Exclude<Card, CardOf<"issues">>} card */
function render(card) {
  switch (card.kind) {
    case "understood":
      return understood(card);
    case "count":
      return count(card);
    case "issue":
      return issue(card.issue);
    case "empty":
      return frame("empty", icon("search"), h("p", {}, card.message));
    case "notice":
      return notice(card);
  }
}

/** @param {Card["kind"]} kind @param {...Child} children */
function frame(kind, ...children) {
  return h("section", { class: `card answer-card ${kind}`, "data-testid": `card-${kind}` }, ...children);
}

/** @param {CardOf<"understood">} card */
function understood({ jql, clauses, ignored }) {
  const copy = h(
    "button",
    {
      type: "button",
      class: "button subtle icon-only",
      "data-testid": "copy-jql",
      "aria-label": message("copy_jql"),
      title: message("copy_jql"),
    },
    icon("copy"),
  );
  copy.addEventListener("click", async () => toast(message((await copyText(jql)) ? "copied" : "copy_failed")));
  const head = h("div", { class: "card-head" }, h("h2", {}, message("understood_title")), copy);
  const query = h(
    "pre",
    { class: "jql", tabindex: 0, role: "region", "aria-label": "JQL" },
    h("code", { "data-testid": "jql" }, jql),
  );
  const list = clauses.length > 0 && h("ul", { class: "clauses" }, ...clauses.map(clause));
  const missed =
    ignored.length > 0 &&
    h(
      "p",
      { class: "ignored", "data-testid": "ignored" },
      icon("warning", 16),
      h("span", {}, message("ignored_words"), " ", ...ignored.flatMap((word) => [h("q", { dir: "auto" }, word), " "])),
    );
  return frame("understood", head, query, list, missed);
}

/** @param {Clause} clause */
function clause({ jql, words, meaning }) {
  return h(
    "li",
    { title: jql, "data-testid": "clause" },
    words !== "" && h("q", { dir: "auto" }, words),
    h("span", { dir: "auto" }, meaning),
  );
}

/** @param {CardOf<"count">} card */
function count({ count: total, approximate }) {
  const text = approximate
    ? message("about_issues", number(total))
    : plural(total, { one: "issues_one", other: "issues_other" });
  return h("p", { class: "count", "data-testid": "card-count", "data-count": total }, text);
}

/** @param {HTMLElement} answer @param {CardOf<"issues">} card */
function addIssues(answer, card) {
  const last = answer.lastElementChild;
  const open = last?.matches("[data-testid=card-issues]") ? last : null;
  const list = open?.querySelector(".issues") ?? h("div", { class: "issues", role: "list", "aria-live": "off" });
  list.append(...card.issues.map((each) => IssueRow.of(each)));
  if (!open)
    answer.append(
      h(
        "section",
        { class: "card answer-card issues-card", "data-testid": "card-issues", "aria-label": message("issues_label") },
        list,
      ),
    );
}

/** @param {CardOf<"notice">} card */
function notice({ message: text, examples }) {
  return frame(
    "notice",
    h("div", { class: "notice-text" }, icon("info"), h("p", {}, text)),
    examples.length > 0 && exampleList(examples),
  );
}

/** Sentences to click; the page asks them. @param {string[]} examples */
export function exampleList(examples) {
  return h(
    "ul",
    { class: "examples" },
    ...examples.map((text) =>
      h(
        "li",
        {},
        h(
          "button",
          { type: "button", class: "button example", "data-action": "example", "data-testid": "example" },
          text,
        ),
      ),
    ),
  );
}

/** @param {IssueDetail} detail */
function issue({ row, description, reporter, created, labels, comments, comment_total }) {
  return frame(
    "issue",
    h(
      "div",
      { class: "issue-line", "data-key": row.key },
      typeSign(row.issue_type),
      webLink(row.url, { class: "issue-key" }, row.key),
      statusLozenge(row),
    ),
    h("h2", { class: "issue-title", dir: "auto" }, row.summary),
    h(
      "dl",
      { class: "fields" },
      field(message("assignee"), assigneeSign(row.assignee)),
      field(message("priority"), prioritySign(row.priority)),
      field(message("reporter"), reporter),
      field(message("due"), row.due && calendarDay(row.due)),
      field(message("created"), moment(created)),
      field(message("updated"), moment(row.updated)),
      field(
        message("labels"),
        labels.length > 0 &&
          h("span", { class: "labels" }, ...labels.map((label) => h("span", { class: "label" }, label))),
      ),
    ),
    description === "" ? h("p", { class: "muted" }, message("no_description")) : longText(description),
    commentList(comments, comment_total),
    webLink(row.url, { class: "button open-in-jira" }, icon("open"), message("open_in_jira")),
  );
}

/** @param {string} label @param {Child} value */
function field(label, value) {
  return value ? h("div", {}, h("dt", {}, label), h("dd", { dir: "auto" }, value)) : null;
}

/** @param {string} time */
function moment(time) {
  const at = Date.parse(time);
  return Number.isNaN(at) ? null : h("time", { datetime: new Date(at).toISOString(), title: exact(at) }, relative(at));
}

/** @param {string} text */
function longText(text) {
  const body = h("div", { class: "long-text", dir: "auto" }, text);
  if (text.length <= LONG_TEXT) return body;
  body.classList.add("folded");
  const more = h("button", { type: "button", class: "button subtle", "aria-expanded": "false" }, message("show_all"));
  more.addEventListener("click", () => {
    const folded = body.classList.toggle("folded");
    more.setAttribute("aria-expanded", String(!folded));
    more.textContent = message(folded ? "show_all" : "show_less");
  });
  return h("div", {}, body, more);
}

/** @param {CommentView[]} comments @param {number} total */
function commentList(comments, total) {
  if (total === 0) return null;
  const heading =
    total > comments.length
      ? message("comments_some", number(comments.length), number(total))
      : plural(total, { one: "comments_one", other: "comments_other" });
  return h(
    "div",
    { class: "comments" },
    h("h3", {}, heading),
    h(
      "ol",
      {},
      ...comments.map(({ author, created, text }) =>
        h(
          "li",
          { class: "comment" },
          h("p", { class: "caption muted" }, h("strong", { dir: "auto" }, author), " · ", moment(created)),
          h("div", { class: "long-text", dir: "auto" }, text),
        ),
      ),
    ),
  );
}
