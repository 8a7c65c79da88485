/** What happened to an account's token, newest first, one line each; new lines join while one looks. */

import { say } from "../elements/toast-region.js";
import { byId, h, listen, onSubmit, setText } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { number, plural, precise } from "../lib/format.js";
import { icon } from "../lib/icons.js";

/** @import {EventView, Level} from "../lib/contract.d.ts" */
/** @import {IconName} from "../lib/icons.js" */

/** @type {Record<Level, IconName>} */
const LEVELS = { info: "info", warning: "warning", error: "error_circle" };
/** The backend keeps so many. */
const MOST = 500;

const list = byId("history");
const filter = byId("history-filter", HTMLFormElement);
/** @type {EventView[]} */
let all = [];
let current = "";

/** @param {string} account @param {EventView[]} lines Newest first. */
export function show(account, lines) {
  const same = account === current && lines.length === all.length;
  if (same && JSON.stringify(lines[0]) === JSON.stringify(all[0])) return; // as it already stands here
  current = account;
  all = lines;
  render();
}

/** One more line, if it belongs here. @param {EventView} line */
export function add(line) {
  if (line.account !== current) return;
  all = [line, ...all].slice(0, MOST);
  if (passing([line]).length > 0) list.prepend(lineElement(line));
  if (list.childElementCount > MOST) list.lastElementChild?.remove();
  count();
}

function render() {
  list.replaceChildren(...passing(all).map(lineElement));
  count();
}

/** Those of the chosen levels that have all the words typed. @param {EventView[]} lines */
function passing(lines) {
  const chosen = new FormData(filter);
  const words = String(chosen.get("words")).toLocaleLowerCase().split(/\s+/u);
  return lines.filter(({ level, kind, cause }) => {
    const text = `${message(`event_${kind}`)} ${cause}`.toLocaleLowerCase();
    return chosen.has(level) && words.every((word) => text.includes(word));
  });
}

function count() {
  const [shown, whole] = [list.childElementCount, all.length];
  const text = shown === whole ? plural(whole, "lines") : message("lines_some", number(shown), number(whole));
  setText(byId("history-count"), text);
  byId("history-empty").hidden = shown > 0;
  list.hidden = shown === 0;
}

const narrow = () => {
  render();
  say(byId("history-count").textContent ?? ""); // new lines join in silence
};
listen(filter, { input: narrow });
onSubmit(filter, () => {});

/** @param {EventView} line */
function lineElement({ at, kind, level, cause }) {
  return h(
    "li.line@history-line",
    { "data-level": level, "data-kind": kind },
    icon(LEVELS[level], 16),
    h("span.line-level", message(`level_${level}`)),
    h("span.line-what", h("span.line-kind", message(`event_${kind}`)), cause ? h("bdi.muted", ` ${cause}`) : ""),
    h("time.line-time", { datetime: new Date(at).toISOString() }, precise(at)),
  );
}
