/**
 * Keys for everything. Single letters count only while the focus is in the conversation, so that they disturb neither typing nor
 * speech input; Escape leads from the composer there, `/` back.
 */

import { copy } from "../elements/toast-region.js";
import { byId, h, listen, on } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { COMMANDS } from "./commands.js";
import { markdownLink } from "./copy.js";
import { iconButton } from "./frame.js";

/** @import {IssueRow} from "../elements/issue-row.js" */
/** @import {MessageKey} from "../lib/extension.js" */

/** @type {Array<[string, MessageKey]>} */
const KEYS = [
  ["Enter", "key_send"],
  ["↑", "key_recall"],
  ["Ctrl Space", "key_suggest"],
  ["Tab", "key_take"],
  ["Esc", "key_leave"],
  ["j / k", "key_move"],
  ["Enter", "key_open"],
  ["o", "open_in_jira"],
  ["c", "copy_link"],
  ["m", "copy_markdown"],
  ["e", "edit_jql"],
  ["/", "key_composer"],
  ["?", "shortcuts"],
];

/** @param {() => void} compose Leads back to where questions are typed. */
export function listenForKeys(compose) {
  const conversation = byId("conversation");
  const question = byId("question", HTMLTextAreaElement);
  conversation.tabIndex = -1;
  const typed = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === "?" && question.value === "") showShortcuts();
    else if (event.key === "Escape" && enter(conversation)) return;
    else return;
    event.preventDefault();
  };
  const keydown = (/** @type {KeyboardEvent} */ event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !act(conversation, event.key, compose)) return;
    event.preventDefault();
  };
  const read = (/** @type {HTMLElement} */ row) => {
    for (const other of row.closest(".issues")?.querySelectorAll("issue-row:has([tabindex='0'])") ?? [])
      if (other !== row) /** @type {IssueRow} */ (other).current(false);
    /** @type {IssueRow} */ (row).current(true);
  };
  listen(question, { keydown: typed });
  listen(conversation, { keydown });
  on(conversation, "focusin", "issue-row", read);
}

/** Into the latest answer. @param {HTMLElement} conversation */
function enter(conversation) {
  const last = conversation.lastElementChild;
  if (!last) return false;
  const first = last.querySelector(".issue-summary[tabindex='0']") ?? last.querySelector(".answer a, .answer button");
  (first instanceof HTMLElement ? first : conversation).focus();
  return true;
}

/** @param {HTMLElement} conversation @param {string} key @param {() => void} compose @returns {boolean} whether the key was taken */
function act(conversation, key, compose) {
  const focused = document.activeElement;
  const here = focused?.closest("issue-row, .issue-head, [data-testid=card-issue]") ?? null;
  const link =
    here?.querySelector("a.issue-key") ??
    conversation.querySelector(".turn:last-child [data-testid=card-issue] a.issue-key");
  if (key === "/" || key === "Escape") compose();
  else if (key === "?") showShortcuts();
  else if (key === "j" || key === "ArrowDown") return move(conversation, 1, key === "j");
  else if (key === "k" || key === "ArrowUp") return move(conversation, -1, key === "k");
  else if (key === "e") return edit(focused?.closest(".turn") ?? conversation.lastElementChild);
  else if (!(link instanceof HTMLAnchorElement)) return false;
  else if (key === "o") link.click();
  else if (key === "c") void copy(link.href);
  else if (key === "m") {
    const title =
      link.parentElement?.parentElement?.querySelector(".issue-title") ?? here?.querySelector(".issue-summary");
    void copy(markdownLink(link.textContent ?? "", title?.textContent ?? "", link.href));
  } else return false;
  return true;
}

/** @param {HTMLElement} conversation @param {1 | -1} step @param {boolean} anywhere Also from where no row is. */
function move(conversation, step, anywhere) {
  const rows = [...conversation.querySelectorAll("issue-row")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  if (at < 0 && !anywhere) return false;
  const latest = rows.findIndex((row) => row.closest(".turn:last-child"));
  const next = at < 0 ? rows[Math.max(latest, 0)] : rows[at + step];
  const part = next?.querySelector(".issue-summary");
  if (!(part instanceof HTMLElement)) return at >= 0;
  part.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
  return true;
}

/** @param {Element | null} turn */
function edit(turn) {
  const button = turn?.querySelector("[data-testid=edit-jql]");
  if (!(button instanceof HTMLElement)) return false;
  button.click();
  return true;
}

/** All keys and commands, over the page. */
export function showShortcuts() {
  const close = iconButton("@close-shortcuts", "dismiss", message("close"), () => dialog.close());
  const list = (/** @type {HTMLElement[]} */ rows) => h("dl.keys", ...rows);
  const row = (/** @type {string} */ key, /** @type {MessageKey} */ text) =>
    h("div", h("dt", h("kbd", key)), h("dd", message(text)));
  const dialog = h(
    "dialog@shortcuts",
    // the browser gives the focus back
    { "aria-labelledby": "shortcuts-title", onclose: () => dialog.remove() },
    h("div.section-head", h("h2", { id: "shortcuts-title" }, message("shortcuts")), close),
    list(KEYS.map(([key, text]) => row(key, text))),
    h("h3", message("commands")),
    list(COMMANDS.map(({ name, say }) => row(`/${name}`, say))),
  );
  document.body.append(dialog);
  dialog.showModal();
}
