/** The chat: asks the backend, shows what comes as it comes. */

import "../lib/first-overview.js"; // first: the answer is on its way while the rest is read
import "../shared.js";
import { toast } from "../elements/toast-region.js";
import { chooseAccount, chosenAccount, onAccountChosen } from "../lib/chosen-account.js";
import { actions, byId, h, localize, on } from "../lib/dom.js";
import { errorBar, placeError } from "../lib/error-view.js";
import { call, errorView, message, openIssue, openOptions, stream } from "../lib/extension.js";
import { placeIcons } from "../lib/icons.js";
import { problemOf, watchOverview } from "../lib/overview.js";
import { Answers } from "./answers.js";
import { addCard } from "./cards.js";
import { commandIn } from "./commands.js";
import { Composer } from "./composer.js";
import { carryOut } from "./deeds.js";
import * as elsewhere from "./elsewhere.js";
import { fitExamples, showExamples } from "./examples.js";
import { exportButtons } from "./export.js";
import * as history from "./history.js";
import { listenForKeys, showShortcuts } from "./shortcuts.js";
import { choiceIn, showWho } from "./who.js";

/** @import {AccountView, ErrorView, Overview, TurnView} from "../lib/contract.d.ts" */

/** Keys are offered from so many turns, and at most so many from each. */
const [KEYS_FROM, MOST_KEYS] = [5, 100];

localize();
placeIcons();

const conversation = byId("conversation");
const composer = new Composer(send, { account: () => account?.id ?? null, keys: shownKeys });
/** @type {AccountView | null} */
let account = null;
/** @type {Overview | null} */
let current = null;
const answers = new Answers(setRunning, () => composer.focus());
elsewhere.begin({
  account: () => shownPlace && (account?.id ?? null),
  choose: (id) => {
    chooseAccount(id);
    if (current) show(current);
  },
  ask,
  write: (text, caret) => composer.write(text, caret),
});
listenForKeys(() => composer.focus());
history.begin(() => account?.id ?? null, reopen);
/** The account and site that was made ready for. @type {string | null} */
let shownPlace = null;
/** The conversation, by a name of this page's own. @type {string} */
let talk = crypto.randomUUID();

const overview = watchOverview({ show, fail: (error) => complain(errorView(error)) });
onAccountChosen(() => current && show(current));

actions(document, {
  options: () => void openOptions(),
  connect: () => void openOptions("#connect"),
  example: (button) => ask(button.textContent ?? ""),
  choice: (button) => ask(button.dataset.text ?? ""),
  stop: () => answers.stop(),
  history: showHistory,
  clear,
});
on(conversation, /** @type {any} */ ("deed"), ".answer[data-account]", (answer, event) =>
  carryOut(answers, answer, /** @type {any} */ (event)),
);
on(document, "change", "#account", (select) => void choose(choiceIn(/** @type {HTMLSelectElement} */ (select))));

showExamples();

/** @param {{ account: string, site: string | null }} choice */
async function choose({ account: id, site }) {
  chooseAccount(id);
  try {
    if (site !== null) await call("choose_site", { account: id, site });
    clear(); // answers of another site would mislead
    await overview.reload();
  } catch (error) {
    complain(errorView(error));
  }
}

/** @param {Overview} view */
function show(view) {
  current = view;
  const usable = view.accounts.filter((each) => each.can_chat);
  const before = account?.id;
  account = usable.find((each) => each.id === chosenAccount()) ?? usable[0] ?? null;
  document.body.dataset.state = account ? "ready" : "empty";
  showWho(byId("who"), account, usable);
  const locked = view.lock === "locked";
  const form = byId("composer");
  const appears = form.hidden && account !== null && !locked;
  form.hidden = account === null || locked;
  if (appears && document.activeElement === document.body) composer.focus(); // so that one can type at once
  byId("connect").hidden = account !== null || view.problem !== null || locked;
  if (before !== undefined && account && account.id !== before) clear();
  byId("open-history").hidden = account === null || locked;
  const place = account && !locked ? `${account.id} ${account.site?.id}` : null;
  if (account && place !== null && place !== shownPlace) {
    showUnfinished(account.id).catch(() => {}); // they are asked for again
    fitExamples(account.id, () => shownPlace === place).catch(() => {});
  }
  shownPlace = place;
  void elsewhere.take();
  if (locked) history.hide();
  showWelcome();
  complain(locked ? null : (problemOf(view) ?? account?.problem ?? null));
}

function showWelcome() {
  const hidden =
    account === null || current?.lock === "locked" || conversation.childElementCount > 0 || history.shown();
  byId("welcome").hidden = hidden;
  byId("clear").hidden = conversation.childElementCount === 0;
}

function clear() {
  answers.stop();
  talk = crypto.randomUUID();
  conversation.replaceChildren();
  history.hide();
  conversation.hidden = false;
  showWelcome();
  composer.focus();
}

/** @param {ErrorView | null} error */
function complain(error) {
  if (document.body.dataset.state === "loading") document.body.dataset.state = "failed";
  placeError(byId("notices"), error, { retry });
}

function retry() {
  complain(null); // the same error coming back is news
  void overview.reload();
}

/** What was typed: a question, or a command. @param {string} text */
function send(text) {
  const trimmed = text.trim();
  if (!trimmed.startsWith("/")) return void ask(trimmed);
  const command = commandIn(trimmed);
  if (!command) return toast(message("no_command", trimmed.split(/\s/u)[0] ?? ""));
  if ("ask" in command) return void ask(command.ask, trimmed);
  composer.remember(trimmed);
  ({ clear, history: showHistory, shortcuts: showShortcuts })[command.act]();
}

/** The keys of the issues shown last, the latest answer's first. */
function shownKeys() {
  const turns = [...conversation.children].slice(-KEYS_FROM).reverse();
  const all = turns.flatMap((turn) => [...turn.querySelectorAll("[data-key]")].slice(0, MOST_KEYS));
  return [...new Set(all.map((each) => each.getAttribute("data-key") ?? ""))];
}

/** @param {string} text @param {string} [typed] What is taken into the history instead. @returns {boolean} whether it is asked */
function ask(text, typed) {
  const question = text.trim();
  if (question === "" || !account || answers.busy) return false;
  const open = openIssue(account.id); // first, so that it is found while the page is laid out; also “done” can mean it
  composer.remember(typed ?? question);
  history.hide();
  conversation.hidden = false;
  const { id } = account;
  const { turn, answer } = addTurn(question, id);
  const args = { account: id, text: question, conversation: talk };
  const request = async (/** @type {Parameters<import("./answers.js").Request>[0]} */ options) => {
    const key = await open;
    return stream("ask", { ...args, ...(key !== null && { open: key }) }, options);
  };
  void answers.run(answer, request, id);
  turn.scrollIntoView({ block: "start" });
  return true;
}

/** @param {string} question @param {string} id The account it is asked with. */
function addTurn(question, id) {
  const answer = h("div.answer@answer", { "data-account": id, "data-site": siteOf(id) });
  const turn = h(
    "article.turn",
    { "aria-label": question },
    h("p.question@question", { dir: "auto" }, question),
    answer,
  );
  conversation.append(turn);
  showWelcome();
  return { turn, answer };
}

/** The address of the account's site. @param {string} id */
function siteOf(id) {
  return current?.accounts.find((each) => each.id === id)?.site?.url.replace(/\/$/u, "") ?? "";
}

/** Shows a conversation of before, to be gone on with. @param {string} id @param {TurnView[]} turns */
function reopen(id, turns) {
  if (!account) return;
  clear();
  talk = id;
  for (const { text, cards, error, export: what } of turns) {
    const { answer } = addTurn(text, account.id);
    for (const card of cards) addCard(answer, card, answer.dataset.site);
    if (error) answer.append(errorBar(error));
    if (what) answer.append(exportButtons(account.id, what, answer));
  }
  conversation.lastElementChild?.scrollIntoView({ block: "start" });
}

function showHistory() {
  if (history.shown()) return hideHistory();
  conversation.hidden = true;
  byId("welcome").hidden = true;
  history.show();
}

function hideHistory() {
  history.hide();
  conversation.hidden = false;
  showWelcome();
  composer.focus();
}

/** Shows what was confirmed before and did not come to its end. @param {string} id */
async function showUnfinished(id) {
  const { unfinished } = await call("jobs", { account: id });
  if (unfinished.length === 0 || account?.id !== id || conversation.childElementCount > 0) return;
  const { answer } = addTurn(message("unfinished"), id);
  for (const job of unfinished) addCard(answer, { kind: "outcome", job });
}

/** @param {boolean} busy */
function setRunning(busy) {
  conversation.setAttribute("aria-busy", String(busy));
  byId("send").hidden = busy;
  byId("stop").hidden = !busy;
}
