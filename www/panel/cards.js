/** The pieces of an answer, each from its view. Everything in them that came from Jira is put in as text. */

import { h } from "../lib/dom.js";
import { errorBar } from "../lib/error-view.js";
import { message } from "../lib/extension.js";
import { exact, number, plural, relative } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { chartCard, figuresCard, groupsCard } from "./figure-cards.js";
import { asking, choiceList, frame } from "./frame.js";
import { issueCard } from "./issue-card.js";
import { addRows } from "./issue-list.js";
import { outcomeCard, planCard } from "./plan-cards.js";
import { understoodCard } from "./understood.js";

/** @import {Card} from "../lib/contract.d.ts" */
/** @import {CardOf} from "./frame.js" */

/**
 * Adds one card to an answer. Issues that follow issues join their list; their number, which comes after them, stands above.
 * @param {HTMLElement} answer
 * @param {Card} card
 * @param {string} [site] The site's address in Jira.
 */
export function addCard(answer, card, site = "") {
  if (card.kind === "issues") return addIssues(answer, card);
  const list = card.kind === "count" && answer.querySelector("[data-testid=card-issues]");
  if (list) list.before(render(card, site));
  else answer.append(render(card, site));
}

/** How each kind of card is shown. @type {{ [K in Exclude<Card["kind"], "issues">]: (card: CardOf<K>, site: string) => HTMLElement }} */
const SHOWN = {
  understood: understoodCard,
  count,
  notice,
  section,
  sentence: ({ message: text }) => h("p.count@card-sentence", { dir: "auto" }, text),
  issue: ({ issue }) => issueCard(issue),
  groups: groupsCard,
  chart: chartCard,
  figures: figuresCard,
  empty: ({ message: text, choices }) =>
    frame("empty", icon("search"), h("p", { dir: "auto" }, text), choiceList(choices)),
  question: ({ message: text, choices }) => frame("question", h("p", { dir: "auto" }, text), choiceList(choices)),
  plan: ({ plan }) => planCard(plan),
  outcome: ({ job }) => outcomeCard(job),
  failed: ({ error }) => errorBar(error),
  stored: ({ at }) =>
    h(
      "p.ignored@card-stored",
      icon("warning", 16),
      h("span", { title: exact(at) }, message("stored_answer", relative(at))),
    ),
};

/** @param {Exclude<Card, CardOf<"issues">>} card @param {string} site */
function render(card, site) {
  const show = /** @type {(card: Card, site: string) => HTMLElement} */ (SHOWN[card.kind]);
  return show(card, site);
}

/** @param {CardOf<"section">} card @param {string} site */
function section({ title, jql, cards }, site) {
  const body = h("div.answer");
  for (const card of cards) addCard(body, card, site);
  const label = `${message("ask_query")}: ${title}`;
  const open =
    jql !== "" &&
    asking(jql, "button.subtle.icon-only@section-query", { "aria-label": label, title: jql }, icon("search"));
  return frame("section", h("div.section-head", h("h2", { dir: "auto" }, title), open), body);
}

/** @param {CardOf<"count">} card */
function count({ count: total, approximate }) {
  const text = approximate ? message("about_issues", number(total)) : plural(total, "issues");
  return h("p.count@card-count", { "data-count": total }, text);
}

/** @param {HTMLElement} answer @param {CardOf<"issues">} card */
function addIssues(answer, card) {
  const last = answer.lastElementChild;
  const open = last?.matches("[data-testid=card-issues]") ? last : null;
  const list = open?.querySelector(".issues") ?? h("div.issues", { role: "list", "aria-live": "off" });
  addRows(list, card.issues, card.columns);
  if (!open)
    answer.append(
      h("section.card.answer-card.issues-card@card-issues", { "aria-label": message("issues_label") }, list),
    );
}

/** @param {CardOf<"notice">} card */
function notice({ message: text, examples }) {
  return frame(
    "notice",
    h("div.notice-text", icon("info"), h("p", text)),
    examples.length > 0 && exampleList(examples),
  );
}

/** Sentences to click; the page asks them. @param {string[]} examples */
export function exampleList(examples) {
  return h(
    "ul.examples",
    ...examples.map((text) => h("li", h("button.button.example@example", { "data-action": "example" }, text))),
  );
}
