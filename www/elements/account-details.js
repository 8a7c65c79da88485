/** The inside of an account card: how long the token lasts, what went wrong, and what can be done. */

import { actions, everySecond, h, setText } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, errorView, message, stream } from "../lib/extension.js";
import { duration, exact, relative } from "../lib/format.js";
import { detailParts } from "./account-parts.js";
import { working } from "./busy-button.js";
import { HEALTH } from "./health-lozenge.js";
import { say, toast } from "./toast-region.js";

/** @import {AccountView, ErrorView, SignedOut} from "../lib/contract.d.ts" */
/** @import {HealthLozenge} from "./health-lozenge.js" */
/** @typedef {{ name: string, result: SignedOut }} SignedOutDetail */

/** Read aloud when this much is left, and at no other time. */
const THRESHOLDS = [600_000, 300_000, 60_000, 0];
/** What is being done right now. @typedef {"refresh" | "sign-in" | "sign-out" | null} Busy */

export class AccountDetails extends HTMLElement {
  #ended = new AbortController();
  /** @type {AccountView} */
  #account;
  /** @type {Busy} */
  #busy = null;
  /** @type {ErrorView | null} */
  #error = null;
  #confirming = false;
  #left = Infinity;
  #lozenge;
  #parts = detailParts();

  /** @param {AccountView} account @param {HealthLozenge} lozenge Stands where the card puts it; its word is decided here. */
  constructor(account, lozenge) {
    super();
    this.#account = account;
    this.#lozenge = lozenge;
  }

  connectedCallback() {
    this.#ended = new AbortController();
    if (this.childElementCount === 0) this.append(...this.#parts.all);
    actions(
      this,
      {
        refresh: () => void this.#do("refresh", () => this.#refresh()),
        "sign-in": () => void this.signIn(),
        "sign-out": () => this.#confirm(true),
        "sign-out-cancel": () => this.#confirm(false),
        "sign-out-confirm": () => void this.#do("sign-out", () => this.#signOut()),
        chat: () => this.dispatchEvent(new CustomEvent("open-chat", { bubbles: true, detail: this.#account.id })),
      },
      this.#ended.signal,
    );
    this.#parts.sites.addEventListener("change", () => void this.#do(null, () => this.#chooseSite()), {
      signal: this.#ended.signal,
    });
    this.#render();
    everySecond(() => this.#tick(), this.#ended.signal);
  }

  disconnectedCallback() {
    this.#ended.abort();
  }

  /** Where the lozenge goes when the card is not folded. */
  get facts() {
    return this.#parts.facts;
  }

  /** @param {AccountView} account */
  show(account) {
    if (this.#account.health !== account.health) this.#error = null; // what it spoke of is over
    this.#account = account;
    this.#render();
  }

  /** Signs in again; the consent window is the worker's, so closing this page loses nothing. */
  async signIn() {
    await this.#do("sign-in", async (account) => {
      const fresh = await stream("reconnect", { account: account.id }); // no signal: a card that only moves must not cancel
      this.#changed(fresh);
      toast(message("signed_in_again", fresh.name));
    });
  }

  /** @param {Busy} busy @param {(account: AccountView) => Promise<void>} work */
  async #do(busy, work) {
    if (this.#busy) return;
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
    const account = await call("refresh", { account: this.#account.id });
    this.#changed(account);
    if (!account.problem) toast(message("refreshed"));
  }

  async #chooseSite() {
    this.#changed(await call("choose_site", { account: this.#account.id, site: this.#parts.sites.value }));
  }

  async #signOut() {
    const { id, name } = this.#account;
    const list = this.closest("account-card")?.parentElement ?? this; // the card may be gone before the answer is here
    const result = await call("sign_out", { account: id });
    this.#confirming = false;
    const detail = { name, result };
    list.dispatchEvent(new CustomEvent("signed-out", { bubbles: true, detail }));
  }

  /** @param {boolean} asking */
  #confirm(asking) {
    this.#confirming = asking;
    this.#render();
    this.#parts[asking ? "confirmButton" : "signOut"].focus();
  }

  /** Hands a newer view to the card, which shows all of it. @param {AccountView} account */
  #changed(account) {
    this.dispatchEvent(new CustomEvent("account-changed", { detail: account }));
  }

  #render() {
    const account = this.#account;
    const { meaning, actionRow, confirm } = this.#parts;
    const health = this.#busy === "refresh" ? "refreshing" : account.health;
    this.#lozenge.show(health);
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
    const select = this.#parts.sites;
    select.hidden = sites.length < 2;
    if (select.hidden) return;
    select.replaceChildren(
      ...sites.map((each) => h("option", { value: each.id, selected: each.id === site?.id }, each.name)),
    );
    if (!site) select.prepend(h("option", { value: "", selected: true, disabled: true }, message("choose_site")));
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
    working(
      refresh,
      this.#busy === "refresh",
      "refresh",
      this.#busy === "refresh" ? message("refreshing_now") : message("refresh_now"),
    );
    working(
      signIn,
      this.#busy === "sign-in",
      "sign_in",
      this.#busy === "sign-in" ? message("signing_in") : message("sign_in_again"),
    );
    working(this.#parts.confirmButton, this.#busy === "sign-out", null, message("sign_out"));
  }

  /** @param {AccountView} account */
  #renderProblem(account) {
    const error = this.#error ?? account.problem;
    const shown =
      error?.action.kind === "sign_in" && !this.#parts.signIn.hidden
        ? { ...error, action: { kind: /** @type {const} */ ("none") } }
        : error;
    placeError(this.#parts.problem, shown, {
      retry: () => void this.#do("refresh", () => this.#refresh()),
      signIn: () => void this.signIn(),
    });
  }

  #tick() {
    const account = this.#account;
    if (this.hidden) return; // a folded card shows no time
    const { ring, countdown, last, next } = this.#parts;
    const counting =
      account.expires_at !== null && !["signed_out", "reauth_required", "no_expiry"].includes(account.health);
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
    if (passed && this.#left !== Infinity)
      say(
        message(
          "announce_expiry",
          name,
          left > 0 ? message("expires_in", duration(left, "long")) : message("token_ended"),
        ),
      );
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

customElements.define("account-details", AccountDetails);
