/** The chat: asks the backend, shows what comes as it comes. */

import "../lib/first-overview.js"; // first: the answer is on its way while the rest is read
import "../elements/toast-region.js";
import { chooseAccount, chosenAccount, onAccountChosen } from "../lib/chosen-account.js";
import { actions, byId, h, localize, on, pageSignal } from "../lib/dom.js";
import { errorBar, placeError } from "../lib/error-view.js";
import { call, errorView, message, openOptions, stream } from "../lib/extension.js";
import { placeIcons } from "../lib/icons.js";
import { problemOf, watchOverview } from "../lib/overview.js";
import { addCard, exampleList } from "./cards.js";
import { Composer } from "./composer.js";
import { choiceIn, showWho } from "./who.js";
import { Working } from "./working.js";

/** @typedef {(options: { onItem: (card: Card) => void, onProgress: (progress: Answering) => void, signal: AbortSignal }) =>
 *   Promise<Asked>} Request */
/** @import {AccountView, Answering, Asked, Card, ErrorView, Overview} from "../lib/contract.d.ts" */

localize();
placeIcons();

const conversation = byId("conversation");
const composer = new Composer(ask, pageSignal);
/** @type {AccountView | null} */
let account = null;
/** @type {Overview | null} */
let current = null;
/** What is being asked. @type {AbortController | null} */
let running = null;

const overview = watchOverview({ show, fail: (error) => complain(errorView(error)), signal: pageSignal, eager: false });
onAccountChosen(() => current && show(current), pageSignal);

actions(
  document,
  {
    options: () => void openOptions(),
    connect: () => void openOptions("#connect"),
    example: (button) => ask(button.textContent ?? ""),
    stop: () => running?.abort(),
    clear,
  },
  pageSignal,
);
on(
  document,
  "change",
  "#account",
  (select) => void choose(choiceIn(/** @type {HTMLSelectElement} */ (select))),
  pageSignal,
);

byId("examples").append(
  exampleList([
    message("example_mine"),
    message("example_overdue"),
    message("example_bugs"),
    message("example_updated"),
  ]),
);

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
  byId("composer").hidden = account === null || locked;
  byId("connect").hidden = account !== null || view.problem !== null || locked;
  if (before !== undefined && account && account.id !== before) clear();
  showWelcome();
  complain(locked ? null : (problemOf(view) ?? account?.problem ?? null));
}

function showWelcome() {
  byId("welcome").hidden = account === null || current?.lock === "locked" || conversation.childElementCount > 0;
  byId("clear").hidden = conversation.childElementCount === 0;
}

function clear() {
  running?.abort();
  conversation.replaceChildren();
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

/** @param {string} text */
function ask(text) {
  const question = text.trim();
  if (question === "" || !account || running) return;
  composer.remember(question);
  const answer = h("div", { class: "answer", "data-testid": "answer" });
  const turn = h(
    "article",
    { class: "turn", "aria-label": question },
    h("p", { class: "question", "data-testid": "question", dir: "auto" }, question),
    answer,
  );
  conversation.append(turn);
  showWelcome();
  const { id } = account;
  void answerWith(answer, (options) => stream("ask", { account: id, text: question }, options), id);
  turn.scrollIntoView({ block: "start" });
}

/**
 * Runs one request into an answer, and offers what can follow: more, or the way out of an error.
 * @param {HTMLElement} answer
 * @param {Request} request
 * @param {string} id The account asked with; it stays the one for "more", whatever is chosen meanwhile.
 */
async function answerWith(answer, request, id) {
  const working = new Working();
  /** Where to go on if it is stopped. @type {string | null} */
  let reached = null;
  const ours = new AbortController();
  running = ours;
  setRunning(true);
  answer.append(working.element);
  try {
    const done = await request({
      signal: ours.signal,
      onItem: (card) => {
        working.goesOn();
        working.element.remove(); // so that issues can join the list before it
        addCard(answer, card);
        answer.append(working.element);
      },
      onProgress: (progress) => {
        if (progress.kind === "paused") working.pausedUntil(progress.until);
        else reached = progress.more;
      },
    });
    working.remove();
    if (done.more !== null) offerMore(answer, done.more, id);
  } catch (error) {
    working.remove();
    if (ours.signal.aborted) {
      answer.append(h("p", { class: "muted", "data-testid": "stopped" }, message("stopped")));
      if (reached !== null) offerMore(answer, reached, id);
    } else offerRemedy(answer, error, reached === null ? request : rest(id, reached, true), id);
  } finally {
    if (running === ours) {
      running = null;
      setRunning(false);
    }
  }
}

/** What follows: the next page or all of them. @param {string} account @param {string} more @param {boolean} all @returns {Request} */
function rest(account, more, all) {
  return (options) => stream("more", { account, more, ...(all && { all }) }, options);
}

/** @param {HTMLElement} answer @param {string} more @param {string} id */
function offerMore(answer, more, id) {
  const goOn = (/** @type {boolean} */ all) => {
    if (running) return;
    buttons.remove();
    composer.focus();
    void answerWith(answer, rest(id, more, all), id);
  };
  const button = (/** @type {string} */ text, /** @type {string} */ name, /** @type {boolean} */ all) => {
    const element = h("button", { type: "button", class: "button", "data-testid": name }, text);
    element.addEventListener("click", () => goOn(all), { signal: pageSignal });
    return element;
  };
  const buttons = h(
    "div",
    { class: "show-more" },
    button(message("show_more"), "show-more", false),
    button(message("show_all"), "show-rest", true),
  );
  answer.append(buttons);
}

/** @param {HTMLElement} answer @param {unknown} error @param {Request} request @param {string} id */
function offerRemedy(answer, error, request, id) {
  const card = h("div", { class: "answer-error" });
  const again = () => {
    if (running) return;
    card.remove();
    composer.focus();
    void answerWith(answer, request, id);
  };
  const signIn = async (/** @type {string} */ broken, /** @type {string[]} */ scopes) => {
    try {
      await stream("reconnect", { account: broken, scopes }, { signal: pageSignal });
      again();
    } catch (failure) {
      card.replaceChildren(errorBar(errorView(failure), { retry: again, signIn }, pageSignal));
    }
  };
  card.append(errorBar(errorView(error), { retry: again, signIn }, pageSignal));
  answer.append(card);
}

/** @param {boolean} busy */
function setRunning(busy) {
  conversation.setAttribute("aria-busy", String(busy));
  byId("send").hidden = busy;
  byId("stop").hidden = !busy;
}
