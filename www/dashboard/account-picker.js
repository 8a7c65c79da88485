/** All accounts in one list with a search box. Of a thousand rows only those in sight exist. */

import { AccountLine } from "../elements/account-line.js";
import { byId, h, listen, on, setText } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { number, plural } from "../lib/format.js";

/** @import {AccountView} from "../lib/contract.d.ts" */

/** Pixels, as in the style sheet. */
const ROW = 56;
/** So many rows beyond each edge are there before they are scrolled to. */
const SPARE = 4;
/** Fewer accounts are found without a search. */
const SEARCHED = 5;

const box = byId("account-list");
const search = byId("account-search", HTMLInputElement);
const spacer = h("div.rows", { role: "presentation" });
/** @type {AccountView[]} */
let everyone = [];
/** What the search leaves. @type {AccountView[]} */
let matching = [];
/** @type {string | null} */
let current = null;
/** Rows in the page, by account. @type {Map<string, Row>} */
const rows = new Map();
/** Hears which one the person has chosen. @type {(id: string) => void} */
let picked;

/** @param {(id: string) => void} pick The person has chosen another account. */
export function begin(pick) {
  picked = pick;
  box.append(spacer);
  listen(box, {
    scroll: () => render(),
    keydown: (event) => key(event),
  });
  on(box, "click", "[data-account]", ({ dataset }) => take(dataset.account ?? ""));
  listen(search, {
    input: () => filter(),
    keydown: (event) => event.key === "ArrowDown" && box.focus(),
  });
  new ResizeObserver(() => render()).observe(box);
}

/** @param {AccountView[]} accounts @param {string | null} chosen */
export function show(accounts, chosen) {
  everyone = accounts;
  current = chosen;
  search.hidden = accounts.length < SEARCHED;
  filter();
}

/** One account changed. @param {AccountView} account */
export function patch(account) {
  const put = (/** @type {AccountView[]} */ list) => {
    const at = list.findIndex(({ id }) => id === account.id);
    if (at >= 0) list[at] = account;
  };
  everyone = [...everyone];
  matching = [...matching];
  put(everyone);
  put(matching);
  rows.get(account.id)?.show(account);
}

/** Shows an account as chosen, and scrolls to it. @param {string | null} id */
export function choose(id) {
  current = id;
  const at = matching.findIndex((each) => each.id === id);
  if (at >= 0) reveal(at);
  render();
}

function filter() {
  const words = search.value.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  matching = everyone.filter((account) => {
    const text = searchable(account);
    return words.every((word) => text.includes(word));
  });
  const count = matching.length;
  spacer.style.height = `${count * ROW}px`;
  setText(byId("account-count"), countText(count, everyone.length));
  byId("account-none").hidden = count > 0;
  box.hidden = count === 0;
  render();
}

function render() {
  const { scrollTop, clientHeight } = box;
  const first = Math.max(0, Math.floor(scrollTop / ROW) - SPARE);
  const last = Math.min(matching.length, Math.ceil((scrollTop + clientHeight) / ROW) + SPARE);
  const wanted = new Set();
  for (let at = first; at < last; at += 1) wanted.add(at);
  // assistive technology is told of the chosen one, so it exists wherever it is
  const chosen = matching.findIndex(({ id }) => id === current);
  if (chosen >= 0) wanted.add(chosen);
  const shown = new Set([...wanted].map((at) => place(at)));
  for (const [id, row] of rows) {
    if (shown.has(id)) continue;
    row.element.remove();
    rows.delete(id);
  }
  const active = current === null ? undefined : rows.get(current);
  if (active) box.setAttribute("aria-activedescendant", active.element.id);
  else box.removeAttribute("aria-activedescendant");
}

/** @param {number} at @returns {string} the id of the account there */
function place(at) {
  const account = matching[at];
  const row = rows.get(account.id) ?? new Row();
  if (!rows.has(account.id)) {
    rows.set(account.id, row);
    spacer.append(row.element);
  }
  row.stand(account, at, matching.length, account.id === current);
  return account.id;
}

/** @param {KeyboardEvent} event */
function key(event) {
  const page = Math.max(1, Math.floor(box.clientHeight / ROW) - 1);
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
  if (!(event.key in steps) || matching.length === 0) return;
  event.preventDefault();
  const step = steps[/** @type {keyof typeof steps} */ (event.key)];
  const now = matching.findIndex(({ id }) => id === current);
  const next = Math.min(matching.length - 1, Math.max(0, now + step));
  take(matching[next].id);
}

/** @param {string} id */
function take(id) {
  if (id === current) return;
  choose(id);
  picked(id);
}

/** @param {number} at */
function reveal(at) {
  const { scrollTop, clientHeight } = box;
  if (at * ROW < scrollTop) box.scrollTop = at * ROW;
  else if ((at + 1) * ROW > scrollTop + clientHeight) box.scrollTop = (at + 1) * ROW - clientHeight;
}

/** One of them. */
class Row extends AccountLine {
  constructor() {
    super("div", { role: "option" });
  }

  /** @param {AccountView} account @param {number} at @param {number} of @param {boolean} chosen */
  stand(account, at, of, chosen) {
    this.show(account);
    this.element.id = `account-${account.id}`;
    this.element.style.top = `${at * ROW}px`;
    this.element.setAttribute("aria-posinset", String(at + 1));
    this.element.setAttribute("aria-setsize", String(of));
    this.element.setAttribute("aria-selected", String(chosen));
  }
}

/** @param {AccountView} account */
function searchable({ name, label, email, sites }) {
  return [name, label, email, ...sites.flatMap((site) => [site.name, site.url])].join("\n").toLocaleLowerCase();
}

/** @param {number} found @param {number} all */
function countText(found, all) {
  if (found === all) return plural(all, "accounts");
  return message("accounts_some", number(found), number(all));
}
