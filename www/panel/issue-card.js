/** One issue whole. */

import { assigneeSign, prioritySign, statusLozenge, typeSign } from "../elements/issue-row.js";
import { PersonAvatar } from "../elements/person-avatar.js";
import { h, webLink } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { calendarDay, number, plural } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { copyButton, markdownLink } from "./copy.js";
import { asking, frame, moment } from "./frame.js";
import { richText } from "./rich-text.js";

/** @import {ChangeView, CommentView, IssueDetail, LinkView, Transition} from "../lib/contract.d.ts" */
/** @import {Child} from "../lib/dom.js" */

/** @param {IssueDetail} issue */
export function issueCard(issue) {
  const { row, description } = issue;
  return frame(
    "issue",
    h(
      "div.issue-line.issue-head",
      { "data-key": row.key },
      typeSign(row.issue_type),
      webLink(row.url, { class: "issue-key" }, row.key),
      statusLozenge(row),
    ),
    h("h2.issue-title", { dir: "auto" }, row.summary),
    steps(row.key, issue.transitions),
    fields(issue),
    description.blocks.length === 0 ? h("p.muted", message("no_description")) : richText(description),
    links(issue.links),
    comments(issue.comments, issue.comment_total),
    history(issue.history),
    h(
      "div.show-more",
      webLink(
        row.url,
        { class: "button", "data-testid": "open-issue-in-jira" },
        icon("open", 16),
        message("open_in_jira"),
      ),
      copyButton("copy-issue-link", message("copy_link"), () => row.url),
      copyButton("copy-issue-markdown", message("copy_markdown"), () => markdownLink(row.key, row.summary, row.url)),
    ),
  );
}

/** @param {IssueDetail} issue */
function fields({ row, reporter, created, labels, fields: more }) {
  const list = labels.map((label) => h("span.label", label));
  return h(
    "dl.fields",
    field(message("assignee"), assigneeSign(row.assignee)),
    field(message("priority"), prioritySign(row.priority)),
    field(message("reporter"), reporter),
    field(message("due"), row.due && calendarDay(row.due)),
    field(message("created"), moment(created)),
    field(message("updated"), moment(row.updated)),
    field(message("labels"), list.length > 0 && h("span.labels", ...list)),
    ...more.map(({ name, text }) => field(name, text)),
  );
}

/** @param {string} label @param {Child} value */
function field(label, value) {
  return value ? h("div", h("dt", label), h("dd", { dir: "auto" }, value)) : null;
}

/** @param {LinkView[]} all */
function links(all) {
  if (all.length === 0) return null;
  const items = all.map((link) =>
    h(
      "li.issue-line@link",
      h("span.muted", link.phrase),
      webLink(link.url, { class: "issue-key" }, link.key),
      h("bdi", link.summary),
      statusLozenge(link),
    ),
  );
  return h("div.comments", h("h3", message("links")), h("ul", ...items));
}

/** @param {CommentView[]} all @param {number} total */
function comments(all, total) {
  if (total === 0) return null;
  const heading =
    total > all.length ? message("comments_some", number(all.length), number(total)) : plural(total, "comments");
  const items = all.map(({ author, created, body }) =>
    h(
      "li.comment",
      PersonAvatar.of(author, null, 24),
      h("p.caption.muted", h("strong", { dir: "auto" }, author), " · ", moment(created)),
      richText(body),
    ),
  );
  return h("div.comments", h("h3", heading), h("ol", ...items));
}

/** @param {ChangeView[]} all */
function history(all) {
  if (all.length === 0) return null;
  const items = all.map(({ author, at, field: name, from, to }) =>
    h(
      "li@change",
      h("p.caption.muted", h("strong", { dir: "auto" }, author), " · ", moment(at)),
      h("p", { dir: "auto" }, message("changed_from_to", name, short(from), short(to))),
    ),
  );
  return h("details.comments", h("summary", message("changes")), h("ol", ...items));
}

/** @param {string} text */
function short(text) {
  if (text === "") return message("nothing_there");
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** The steps that can be taken: each is asked for, and planned before it is done. @param {string} key @param {Transition[]} all */
function steps(key, all) {
  if (all.length === 0) return null;
  const items = all.map(({ name, to }) =>
    h("li", asking(`move ${key} to "${to}"`, "button.example@step", { title: name }, to)),
  );
  return h("div.steps", h("h3.caption.muted", message("move_to")), h("ul.examples", ...items));
}
