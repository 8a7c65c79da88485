/** What was asked before: a list to look through, to go on with, and to delete from. */

import { byId, h, listen } from "../lib/dom.js";
import { attempt } from "../lib/error-view.js";
import { call, message } from "../lib/extension.js";
import { exact, plural, relative } from "../lib/format.js";
import { iconButton } from "./frame.js";

/** @import {ConversationView, TurnView} from "../lib/contract.d.ts" */

/** So long after the last key it is looked. Milliseconds. */
const PAUSE = 250;

const place = byId("history");
const find = byId("history-find", HTMLInputElement);
const list = byId("history-list");
const all = byId("history-forget-all");
/** The account whose history it is. @type {() => string | null} */
let chosen;
/** Shows a conversation. @type {(id: string, turns: TurnView[]) => void} */
let reopen;
/** Which look is the latest: an earlier one that answers later is not shown. */
let looks = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {() => string | null} account @param {(id: string, turns: TurnView[]) => void} open Shows a conversation. */
export function begin(account, open) {
  chosen = account;
  reopen = open;
}

export function shown() {
  return !place.hidden;
}

export function hide() {
  place.hidden = true;
}

export function show() {
  find.value = "";
  delete all.dataset.sure;
  all.textContent = message("history_forget_all");
  place.hidden = false;
  find.focus();
  void lookFor("");
}

listen(find, {
  input: () => {
    clearTimeout(timer);
    timer = setTimeout(() => void lookFor(find.value.trim()), PAUSE);
  },
});

// It asks once more before everything goes.
listen(all, {
  click: () => {
    if (all.dataset.sure) return forget(null);
    all.dataset.sure = "true";
    all.textContent = message("history_forget_sure");
  },
});

/** @param {string} words */
async function lookFor(words) {
  const account = chosen();
  if (account === null) return;
  looks += 1;
  const look = looks;
  await trying(async () => {
    const rows =
      words === ""
        ? (await call("conversations", { account })).map((each) => row(each, each.title, ""))
        : (await call("search_conversations", { account, words })).map(({ conversation, text, excerpt }) =>
            row(conversation, text, excerpt),
          );
    if (look === looks) fill(rows);
  });
}

/** @param {HTMLElement[]} rows */
function fill(rows) {
  list.replaceChildren(...rows);
  if (rows.length === 0) list.append(h("li.muted", message("talks_empty")));
}

/** @param {ConversationView} each @param {string} title @param {string} excerpt */
function row(each, title, excerpt) {
  const open = h(
    "button.button.subtle.history-open@history-open",
    { onclick: () => read(each.id) },
    h("bdi", title),
    excerpt !== "" && h("bdi.caption.muted", excerpt),
    h("span.caption.muted", { title: exact(each.at) }, `${relative(each.at)} · ${plural(each.turns, "questions")}`),
  );
  const label = message("history_forget", title);
  return h(
    "li",
    open,
    iconButton("@history-forget", "delete", label, () => forget(each.id)),
  );
}

/** @param {string} id */
function read(id) {
  const account = chosen();
  return trying(async () => {
    if (account !== null) reopen(id, await call("conversation", { account, id }));
  });
}

/** @param {string | null} id */
async function forget(id) {
  const account = chosen();
  if (account === null) return;
  await trying(async () => {
    looks += 1;
    if (id === null) await call("forget_conversations", { account });
    else await call("forget_conversation", { account, id });
    show();
  });
}

/** @param {() => Promise<void>} work */
function trying(work) {
  return attempt(byId("history-error"), work, () => show());
}
