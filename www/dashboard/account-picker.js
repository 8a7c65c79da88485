/** All accounts in one list with a search box. Of a thousand rows only those in sight exist. */

import { HealthLozenge } from "../elements/health-lozenge.js";
import { PersonAvatar } from "../elements/person-avatar.js";
import { byId, h, setText } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { number, plural } from "../lib/format.js";

/** @import {AccountView} from "../lib/contract.d.ts" */

/** Pixels, as in the style sheet. */
const ROW = 60;
/** So many rows beyond each edge are there before they are scrolled to. */
const SPARE = 4;

export class AccountPicker {
  #list = byId("account-list");
  #search = byId("account-search", HTMLInputElement);
  #spacer = h("div", { class: "rows", role: "presentation" });
  /** @type {AccountView[]} */
  #all = [];
  /** What the search leaves. @type {AccountView[]} */
  #found = [];
  /** @type {string | null} */
  #chosen = null;
  /** Rows in the page, by account. @type {Map<string, Row>} */
  #rows = new Map();
  #pick;

  /** @param {{ pick: (id: string) => void, signal: AbortSignal }} options `pick`: the person has chosen another account. */
  constructor({ pick, signal }) {
    this.#pick = pick;
    this.#list.append(this.#spacer);
    this.#list.addEventListener("scroll", () => this.#render(), { signal, passive: true });
    this.#list.addEventListener("click", (event) => this.#clicked(event.target), { signal });
    this.#list.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#search.addEventListener("input", () => this.#filter(), { signal });
    this.#search.addEventListener("keydown", (event) => event.key === "ArrowDown" && this.#list.focus(), { signal });
    new ResizeObserver(() => this.#render()).observe(this.#list);
  }

  /** @param {AccountView[]} accounts @param {string | null} chosen */
  show(accounts, chosen) {
    this.#all = accounts;
    this.#chosen = chosen;
    this.#filter();
  }

  /** One account changed. @param {AccountView} account */
  patch(account) {
    const put = (/** @type {AccountView[]} */ list) => {
      const at = list.findIndex(({ id }) => id === account.id);
      if (at >= 0) list[at] = account;
    };
    this.#all = [...this.#all];
    this.#found = [...this.#found];
    put(this.#all);
    put(this.#found);
    this.#rows.get(account.id)?.show(account);
  }

  /** Shows an account as chosen, and scrolls to it. @param {string | null} id */
  choose(id) {
    this.#chosen = id;
    const at = this.#found.findIndex((each) => each.id === id);
    if (at >= 0) this.#reveal(at);
    this.#render();
  }

  #filter() {
    const words = this.#search.value.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
    this.#found = this.#all.filter((account) => {
      const text = searchable(account);
      return words.every((word) => text.includes(word));
    });
    const count = this.#found.length;
    this.#spacer.style.height = `${count * ROW}px`;
    setText(byId("account-count"), countText(count, this.#all.length));
    byId("account-none").hidden = count > 0;
    this.#render();
  }

  #render() {
    const { scrollTop, clientHeight } = this.#list;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - SPARE);
    const last = Math.min(this.#found.length, Math.ceil((scrollTop + clientHeight) / ROW) + SPARE);
    const wanted = new Set();
    for (let at = first; at < last; at += 1) wanted.add(at);
    // assistive technology is told of the chosen one, so it exists wherever it is
    const chosen = this.#found.findIndex(({ id }) => id === this.#chosen);
    if (chosen >= 0) wanted.add(chosen);
    const shown = new Set([...wanted].map((at) => this.#place(at)));
    for (const [id, row] of this.#rows) {
      if (shown.has(id)) continue;
      row.element.remove();
      this.#rows.delete(id);
    }
    const active = this.#chosen === null ? undefined : this.#rows.get(this.#chosen);
    if (active) this.#list.setAttribute("aria-activedescendant", active.element.id);
    else this.#list.removeAttribute("aria-activedescendant");
  }

  /** @param {number} at @returns {string} the id of the account there */
  #place(at) {
    const account = this.#found[at];
    const row = this.#rows.get(account.id) ?? new Row();
    if (!this.#rows.has(account.id)) {
      this.#rows.set(account.id, row);
      this.#spacer.append(row.element);
    }
    row.show(account);
    row.stand(at, this.#found.length, account.id === this.#chosen);
    return account.id;
  }

  /** @param {EventTarget | null} target */
  #clicked(target) {
    const row = target instanceof Element ? target.closest("[data-account]") : null;
    if (row instanceof HTMLElement) this.#take(row.dataset.account ?? "");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const page = Math.max(1, Math.floor(this.#list.clientHeight / ROW) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (!(event.key in steps) || this.#found.length === 0) return;
    event.preventDefault();
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    const now = this.#found.findIndex(({ id }) => id === this.#chosen);
    const next = Math.min(this.#found.length - 1, Math.max(0, now + step));
    this.#take(this.#found[next].id);
  }

  /** @param {string} id */
  #take(id) {
    if (id === this.#chosen) return;
    this.choose(id);
    this.#pick(id);
  }

  /** @param {number} at */
  #reveal(at) {
    const { scrollTop, clientHeight } = this.#list;
    if (at * ROW < scrollTop) this.#list.scrollTop = at * ROW;
    else if ((at + 1) * ROW > scrollTop + clientHeight) this.#list.scrollTop = (at + 1) * ROW - clientHeight;
  }
}

/** One account on two lines. */
class Row {
  #avatar = PersonAvatar.of("", null, 32);
  #name = h("span", { class: "row-name", dir: "auto" });
  #where = h("span", { class: "row-where caption", dir: "auto" });
  #lozenge = new HealthLozenge();
  element = h(
    "div",
    { class: "row", role: "option", "data-testid": "account-row" },
    this.#avatar,
    h("span", { class: "row-text" }, this.#name, this.#where),
    this.#lozenge,
  );

  /** @param {AccountView} account */
  show(account) {
    const name = account.label ?? account.name;
    this.element.id = `account-${account.id}`;
    this.element.dataset.account = account.id;
    this.#avatar.show(account.name, account.avatar);
    setText(this.#name, name);
    setText(this.#where, account.site?.name ?? account.email ?? "");
    this.#lozenge.show(account.health);
  }

  /** @param {number} at @param {number} of @param {boolean} chosen */
  stand(at, of, chosen) {
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
  if (found === all) return plural(all, { one: "accounts_one", other: "accounts_other" });
  return message("accounts_some", number(found), number(all));
}
