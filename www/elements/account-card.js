/** One account: who, where, how healthy, how long still, and what can be done about it. Used by the popup and the options page. */

import { actions, everySecond, h, setText, webLink } from "../lib/dom.js";
import { errorBar } from "../lib/error-view.js";
import { call, errorView, message, stream } from "../lib/extension.js";
import { duration, exact, relative } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { CountdownRing } from "./countdown-ring.js";
import { HEALTH, HealthLozenge } from "./health-lozenge.js";
import { PersonAvatar } from "./person-avatar.js";
import { say, toast } from "./toast-region.js";

/** @import {AccountView, ErrorView, SignedOut} from "../lib/contract.d.ts" */
/** @typedef {{ name: string, result: SignedOut }} SignedOutDetail */

/** Read aloud when this much is left, and at no other time. */
const THRESHOLDS = [600_000, 300_000, 60_000, 0];
/** Stands for what is being done right now. @typedef {"refresh" | "sign-in" | "sign-out" | null} Busy */

export class AccountCard extends HTMLElement {
  #ended = new AbortController();
  #errorEnded = new AbortController();
  /** @type {AccountView | null} */
  #account = null;
  /** @type {Busy} */
  #busy = null;
  /** @type {ErrorView | null} */
  #error = null;
  #confirming = false;
  #left = Infinity;
  #parts = parts();

  connectedCallback() {
    this.#ended = new AbortController();
    if (this.childElementCount === 0) this.append(...this.#parts.all);
    this.dataset.testid = "account-card";
    this.classList.add("card");
    actions(this, {
      toggle: () => this.toggle(),
      refresh: () => void this.#do("refresh", () => this.#refresh()),
      "sign-in": () => void this.signIn(),
      "sign-out": () => this.#confirm(true),
      "sign-out-cancel": () => this.#confirm(false),
      "sign-out-confirm": () => void this.#do("sign-out", () => this.#signOut()),
      chat: () => this.dispatchEvent(new CustomEvent("open-chat", { bubbles: true, detail: this.dataset.account })),
    }, this.#ended.signal);
    this.#parts.sites.addEventListener("change", () => void this.#do(null, () => this.#chooseSite()), { signal: this.#ended.signal });
    everySecond(() => this.#tick(), this.#ended.signal);
  }

  disconnectedCallback() {
    this.#ended.abort();
  }

  /** @param {AccountView} account */
  show(account) {
    const wasHealth = this.#account?.health;
    this.#account = account;
    Object.assign(this.dataset, { account: account.id, health: account.health });
    if (wasHealth !== undefined && wasHealth !== account.health) this.#error = null; // what it spoke of is over
    this.#render();
  }

  /** Folded, only the first line shows. @param {boolean} foldable @param {boolean} open */
  fold(foldable, open) {
    this.dataset.foldable = String(foldable);
    const { facts, lozenge, toggle } = this.#parts;
    if (foldable) toggle.before(lozenge);
    else facts.prepend(lozenge);
    toggle.hidden = !foldable;
    this.#setOpen(open || !foldable);
  }

  toggle() {
    this.#setOpen(this.#parts.body.hidden === true);
  }

  /** @param {boolean} open */
  #setOpen(open) {
    this.#parts.body.hidden = !open;
    this.#parts.toggle.setAttribute("aria-expanded", String(open));
  }

  /** Signs in again; the consent window is the worker's, so closing this page loses nothing. */
  async signIn() {
    this.#setOpen(true);
    await this.#do("sign-in", async (account) => {
      const fresh = await stream("reconnect", { account: account.id }, { signal: this.#ended.signal });
      this.show(fresh);
      toast(message("signed_in_again", fresh.name));
    });
  }

  /** @param {Busy} busy @param {(account: AccountView) => Promise<void>} work */
  async #do(busy, work) {
    if (!this.#account || this.#busy) return;
    this.#busy = busy;
    this.#error = null;
    this.#render();
    try {
      await work(this.#account);
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      this.#error = errorView(error);
    } finally {
      this.#busy = null;
      this.#render();
    }
  }

  async #refresh() {
    const account = await call("refresh", { account: this.dataset.account ?? "" });
    this.show(account);
    if (!account.problem) toast(message("refreshed"));
  }

  async #chooseSite() {
    this.show(await call("choose_site", { account: this.dataset.account ?? "", site: this.#parts.sites.value }));
  }

  async #signOut() {
    const account = /** @type {AccountView} */ (this.#account);
    const result = await call("sign_out", { account: account.id });
    this.#confirming = false;
    const detail = { name: account.name, result };
    this.dispatchEvent(new CustomEvent("signed-out", { bubbles: true, detail }));
  }

  /** @param {boolean} asking */
  #confirm(asking) {
    this.#confirming = asking;
    this.#render();
    this.#parts[asking ? "confirmButton" : "signOut"].focus();
  }

  #render() {
    const account = this.#account;
    if (!account) return;
    const { avatar, name, email, lozenge, meaning, actionRow, confirm } = this.#parts;
    avatar.show(account.name, account.avatar);
    setText(name, account.name);
    setText(email, account.email ?? "");
    email.hidden = !account.email;
    const health = this.#busy === "refresh" ? "refreshing" : account.health;
    lozenge.show(health);
    setText(meaning, message(HEALTH[health].meaning));
    meaning.hidden = (this.#error ?? account.problem) !== null && account.expires_at !== null; // the problem says it better
    this.#renderSites(account);
    this.#renderButtons(account);
    this.#renderProblem(account);
    actionRow.hidden = this.#confirming;
    confirm.hidden = !this.#confirming;
    this.#tick();
  }

  /** @param {AccountView} account */
  #renderSites({ site, sites }) {
    const { sites: select, siteLine } = this.#parts;
    const several = sites.length > 1;
    select.hidden = !several;
    siteLine.hidden = several || !site;
    if (several) {
      select.replaceChildren(...sites.map((each) => h("option", { value: each.id, selected: each.id === site?.id }, each.name)));
      if (!site) select.prepend(h("option", { value: "", selected: true, disabled: true }, message("choose_site")));
    } else if (site && siteLine.dataset.url !== site.url) {
      siteLine.dataset.url = site.url;
      siteLine.replaceChildren(webLink(site.url, { class: "site-link", title: site.url }, site.name));
    }
  }

  /** @param {AccountView} account */
  #renderButtons(account) {
    const { chat, refresh, signIn, signOut } = this.#parts;
    const ended = ["reauth_required", "signed_out"].includes(account.health);
    const needsPerson = ended || (!account.can_refresh && ["expired", "expiring"].includes(account.health));
    const offered = account.problem?.action.kind === "sign_in" || this.#error?.action.kind === "sign_in";
    signIn.hidden = !needsPerson || (offered && !ended);
    chat.hidden = ended || !account.can_chat;
    chat.classList.toggle("primary", signIn.hidden);
    refresh.hidden = ended || !account.can_refresh || account.health === "locked";
    signOut.hidden = account.health === "signed_out";
    working(refresh, this.#busy === "refresh", "refresh", this.#busy === "refresh" ? message("refreshing_now") : message("refresh_now"));
    working(signIn, this.#busy === "sign-in", "sign_in", this.#busy === "sign-in" ? message("signing_in") : message("sign_in_again"));
    working(this.#parts.confirmButton, this.#busy === "sign-out", null, message("sign_out"));
  }

  /** @param {AccountView} account */
  #renderProblem(account) {
    const error = this.#error ?? account.problem;
    this.#errorEnded.abort();
    this.#errorEnded = new AbortController();
    const { problem } = this.#parts;
    if (!error) return problem.replaceChildren();
    const shown = error.action.kind === "sign_in" && !this.#parts.signIn.hidden ? { ...error, action: { kind: /** @type {const} */ ("none") } } : error;
    problem.replaceChildren(errorBar(shown, { retry: () => void this.#do("refresh", () => this.#refresh()), signIn: () => void this.signIn() },
      this.#errorEnded.signal));
  }

  #tick() {
    const account = this.#account;
    if (!account) return;
    const { ring, countdown, last, next } = this.#parts;
    const counting = account.expires_at !== null && !["signed_out", "reauth_required", "no_expiry"].includes(account.health);
    countdown.hidden = !counting;
    ring.hidden = !counting || /** @type {number} */ (account.expires_at) <= Date.now();
    if (counting) {
      const left = /** @type {number} */ (account.expires_at) - Date.now();
      ring.show(left, /** @type {number} */ (account.expires_at) - (account.issued_at ?? 0));
      setText(countdown, left > 0 ? message("expires_in", duration(left)) : message("token_ended"));
      countdown.title = exact(/** @type {number} */ (account.expires_at));
      this.#announce(left, account.name);
    }
    moment(last, account.last_refresh_at, message("last_refresh"));
    moment(next, account.can_refresh ? account.next_refresh_at : null, message("next_refresh"));
  }

  /** @param {number} left @param {string} name */
  #announce(left, name) {
    const passed = THRESHOLDS.some((threshold) => this.#left > threshold && left <= threshold);
    if (passed && this.#left !== Infinity) say(message("announce_expiry", name, left > 0 ? message("expires_in", duration(left, "long")) : message("token_ended")));
    this.#left = left;
  }
}

/** @param {HTMLElement} row @param {number | null} at @param {string} label */
function moment(row, at, label) {
  row.hidden = at === null;
  if (at === null) return;
  const [term, value] = row.children;
  setText(term, label);
  setText(value, relative(at));
  value.setAttribute("title", exact(at));
}

/** @param {HTMLElement} button @param {boolean} busy @param {import("../lib/icons.js").IconName | null} name @param {string} text */
function working(button, busy, name, text) {
  const state = `${busy}${text}`;
  if (button.dataset.state === state) return;
  button.dataset.state = state;
  button.setAttribute("aria-disabled", String(busy));
  button.replaceChildren(busy ? h("span", { class: "spinner", "aria-hidden": "true" }) : name ? icon(name) : "", text);
}

/** @param {string} action @param {string} testid @param {string} look @param {...(Node | string)} content */
function button(action, testid, look, ...content) {
  return h("button", { type: "button", class: `button ${look}`, "data-action": action, "data-testid": testid }, ...content);
}

/** The card's skeleton; every part that changes has a name. */
function parts() {
  const avatar = PersonAvatar.of("", null, 40);
  const name = h("h2", { class: "account-name" });
  const email = h("p", { class: "caption muted account-email" });
  const siteLine = h("p", { class: "caption account-site" });
  const sites = h("select", { class: "select", "data-testid": "site", "aria-label": message("site") });
  const toggle = h("button", { type: "button", class: "button subtle icon-only", "data-action": "toggle", "data-testid": "toggle",
    "aria-expanded": "true", "aria-label": message("details"), hidden: true }, icon("chevron"));
  const lozenge = new HealthLozenge();
  const meaning = h("p", { class: "caption muted" });
  const ring = new CountdownRing();
  const countdown = h("p", { class: "countdown", "data-testid": "countdown" });
  const last = h("div", { "data-testid": "last-refresh" }, h("dt"), h("dd"));
  const next = h("div", { "data-testid": "next-refresh" }, h("dt"), h("dd"));
  const problem = h("div", { class: "account-problem" });
  const chat = button("chat", "open-chat", "primary", icon("chat"), message("open_chat"));
  const refresh = button("refresh", "refresh", "");
  const signIn = button("sign-in", "sign-in", "primary");
  const signOut = button("sign-out", "sign-out", "", icon("sign_out"), message("sign_out"));
  const actionRow = h("div", { class: "account-actions" }, signIn, chat, refresh, signOut);
  const confirmButton = button("sign-out-confirm", "sign-out-confirm", "danger", message("sign_out"));
  const confirm = h("div", { class: "account-confirm", role: "group", "aria-label": message("sign_out"), hidden: true },
    h("p", {}, message("sign_out_question")), h("div", { class: "account-actions" },
      confirmButton, button("sign-out-cancel", "sign-out-cancel", "", message("cancel"))));
  const head = h("div", { class: "account-head" }, avatar, h("div", { class: "account-who" }, name, email, siteLine), toggle);
  const facts = h("div", { class: "account-facts" }, lozenge, countdown, meaning, h("dl", { class: "facts" }, last, next));
  const body = h("div", { class: "account-body" }, sites,
    h("div", { class: "account-state" }, ring, facts),
    problem, actionRow, confirm);
  return { all: [head, body], body, facts, toggle, avatar, name, email, siteLine, sites, lozenge, meaning, ring, countdown, last, next, problem, chat, refresh,
    signIn, signOut, actionRow, confirm, confirmButton };
}

customElements.define("account-card", AccountCard);
