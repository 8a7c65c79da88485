/** How a question was read: each condition with the words it came from, and the JQL, to be edited and run where it stands. */

import { copy } from "../elements/toast-region.js";
import { h, listen, pageSignal, webLink } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";
import { Editor } from "./editor.js";
import { asking, buttons, frame, iconButton, labelled } from "./frame.js";

/** @import {Clause} from "../lib/contract.d.ts" */
/** @import {CardOf} from "./frame.js" */

/** The words, functions and texts of JQL as it is printed. */
const PIECES =
  /"(?:\\.|[^"\\])*"|\b(?:AND|OR|NOT|IN|IS|EMPTY|WAS|CHANGED|ORDER BY|ASC|DESC|AFTER|BEFORE|DURING|FROM|TO|ON|BY)\b|\w+(?=\()/gu;

/** @param {CardOf<"understood">} card @param {string} site The address of the site in Jira; empty where it is not known. */
export function understoodCard({ jql, clauses, ignored }, site) {
  const { query, pieces } = shown(jql, clauses);
  const open =
    site !== "" &&
    webLink(
      `${site}/issues/?jql=${encodeURIComponent(jql)}`,
      {
        class: "button subtle icon-only small",
        "data-testid": "search-in-jira",
        ...labelled(message("open_in_jira")),
      },
      icon("open", 16),
    );
  const edit = iconButton(".small@edit-jql", "edit", message("edit_jql"), () => editIn(place, jql, edit));
  const copied = iconButton(".small@copy-jql", "copy", message("copy_jql"), () => copy(jql));
  const place = h("div.query", query, h("div.query-tools", edit, copied, open));
  const rows = clauses.map((clause, at) => clauseItem(clause, without(clauses, at), pieces[at]));
  return frame(
    "understood",
    h("h2.visually-hidden", message("understood_title")),
    rows.length > 0 && h("ul.clauses", ...rows),
    missed(ignored),
    place,
  );
}

/** The JQL in colours, and its part for each condition. @param {string} jql @param {Clause[]} clauses */
function shown(jql, clauses) {
  const code = h("code@jql");
  let at = 0;
  const pieces = clauses.map((clause) => {
    const start = jql.indexOf(clause.jql, at);
    if (start < 0) return null;
    const piece = h("span.piece", ...painted(clause.jql));
    code.append(...painted(jql.slice(at, start)), piece);
    at = start + clause.jql.length;
    return piece;
  });
  code.append(...painted(jql.slice(at)));
  return { query: h("pre.jql", { tabindex: 0, role: "region", "aria-label": "JQL" }, code), pieces };
}

/** @param {string} jql */
function painted(jql) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  let at = 0;
  for (const { 0: piece, index } of jql.matchAll(PIECES)) {
    const kind = piece.startsWith('"') ? "value" : jql[index + piece.length] === "(" ? "function" : "keyword";
    nodes.push(jql.slice(at, index), h("span.mark", { "data-kind": kind }, piece));
    at = index + piece.length;
  }
  return [...nodes, jql.slice(at)];
}

/** The query without one of its conditions; empty where none would be left. @param {Clause[]} clauses @param {number} out */
function without(clauses, out) {
  const left = clauses.filter((_, at) => at !== out).map(({ jql }) => jql);
  const order = left.at(-1)?.startsWith("ORDER BY ") ? ` ${left.pop()}` : "";
  const group = (/** @type {string} */ jql) => (left.length > 1 && / OR /u.test(jql) ? `(${jql})` : jql);
  return left.length === 0 ? "" : left.map(group).join(" AND ") + order;
}

/** @param {Clause} clause @param {string} rest @param {HTMLElement | null | undefined} piece */
function clauseItem({ jql, words, meaning, reading }, rest, piece) {
  const item = h(
    "li@clause",
    { title: jql },
    words !== "" && h("q", { dir: "auto" }, words),
    h("bdi", meaning),
    reading !== "" && h("bdi.muted@reading", reading),
    rest !== "" &&
      asking(rest, "drop-clause@drop-clause", labelled(message("without_clause", meaning)), icon("dismiss", 12)),
  );
  const light = (/** @type {boolean} */ on) => {
    piece?.classList.toggle("lit", on);
    lightWords(item, on ? words : "");
  };
  const [lit, dark] = [() => light(true), () => light(false)];
  listen(item, { mouseenter: lit, mouseleave: dark, focusin: lit, focusout: dark });
  return item;
}

/** Shows where the words stand in the question. @param {HTMLElement} item @param {string} words */
function lightWords(item, words) {
  CSS.highlights.delete("why");
  const text = item.closest(".turn")?.querySelector(".question")?.firstChild;
  const start = words === "" ? -1 : (text?.textContent ?? "").toLowerCase().indexOf(words.toLowerCase());
  if (!text || start < 0) return;
  const range = new Range();
  range.setStart(text, start);
  range.setEnd(text, start + words.length);
  CSS.highlights.set("why", new Highlight(range));
}

/** @param {string[]} ignored */
function missed(ignored) {
  if (ignored.length === 0) return null;
  const words = ignored.flatMap((word) => [h("q", { dir: "auto" }, word), " "]);
  return h("p.ignored@ignored", icon("warning", 16), h("span", message("ignored_words"), " ", ...words));
}

/** The JQL in a field, in place of the JQL. @param {HTMLElement} place @param {string} jql @param {HTMLElement} from Gets the focus back. */
function editIn(place, jql, from) {
  const before = [...place.childNodes];
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, pageSignal]);
  const field = h("textarea@jql-field", { rows: 2, "aria-label": "JQL", spellcheck: "false" });
  field.value = jql;
  const hint = h("p.caption.muted.hint");
  const run = asking(jql, "button.primary@run-jql", {}, message("run"));
  const end = () => {
    ended.abort();
    place.replaceChildren(...before);
  };
  const onclick = () => {
    end();
    from.focus();
  };
  const cancel = h("button.button@cancel-jql", { onclick }, message("cancel"));
  // while something else is answered it is not taken, and stays to be edited
  listen(run, { click: () => setTimeout(() => place.closest(".turn")?.nextElementSibling && end()) });
  place.replaceChildren(
    h("div.composer-box", { "data-jql": true }, h("div.editor", field)),
    hint,
    buttons(run, cancel),
  );
  const account = () => place.closest("[data-account]")?.getAttribute("data-account") ?? null;
  const editor = new Editor(field, { account, jql: true, hint, usual: message("jql_hint"), signal });
  const keydown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") cancel.click();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) run.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const input = () => void (run.dataset.text = field.value);
  listen(field, { keydown, input }, signal);
  field.focus();
  editor.refresh();
  editor.hide();
}
