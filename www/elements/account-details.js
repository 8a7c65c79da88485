/** The inside of an account card: its state, its times, and what can be done. */

import { actions, everySecond, setText } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, errorView, message, stream } from "../lib/extension.js";
import { detailParts, showSites } from "./account-parts.js";
import { AccountTimes } from "./account-times.js";
import { working } from "./busy-button.js";
import { HEALTH } from "./health-lozenge.js";
import { toast } from "./toast-region.js";

/** @import {AccountView, ErrorView, SignedOut} from "../lib/contract.d.ts" */
/** @import {HealthLozenge} from "./health-lozenge.js" */
/** @typedef {{ name: string, result: SignedOut }} SignedOutDetail */

/** What is being done right now. @typedef {"refresh" | "test" | "rename" | "sign-in" | "sign-out" | null} Busy */

export class AccountDetails extends HTMLElement {
  #ended = new AbortController();
  /** @type {AccountView} */
  #account;
  /** @type {Busy} */
  #busy = null;
  /** @type {ErrorView | null} */
  #error = null;
  #confirming = false;
  #lozenge;
  #parts = detailParts();
  #times = new AccountTimes(this.#parts);

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
        test: () => void this.#do("test", () => this.#test()),
        more: () => this.dispatchEvent(new CustomEvent("open-dashboard", { bubbles: true, detail: this.#account.id })),
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

  /**
   * Signs in again; the consent window is the worker's, so closing this page loses nothing.
   * @param {{ token?: string, expires_on?: string }} [byHand] For an account with a token made by hand.
   */
  async signIn(byHand = {}) {
    await this.#do("sign-in", async ({ id }) => {
      const fresh = await stream("reconnect", { account: id, ...byHand }); // no signal: a card that only moves must not cancel
      this.#parts.extra.replaceChildren();
      this.#changed(fresh);
      toast(message("signed_in_again", fresh.name));
    });
    const action = this.#error?.action;
    if (action?.kind === "fix_settings" && action.field === "token") await this.#askForToken();
  }

  async #askForToken() {
    const { tokenForm } = await import("./token-form.js");
    const { extra, signIn } = this.#parts;
    const save = (/** @type {string} */ token, /** @type {string} */ expires_on) =>
      void this.signIn({ token, expires_on });
    const cancel = () => {
      extra.replaceChildren();
      signIn.focus();
    };
    extra.replaceChildren(tokenForm(this.#account.id, { save, cancel, signal: this.#ended.signal }));
    extra.querySelector("input")?.focus();
  }

  /** Asks for a token that can be used, as a program would: for an account whose token ended while nobody looked. */
  async wake() {
    await this.#do("refresh", async ({ id }) => void (await call("get_token", { account: id, force_refresh: false })));
  }

  /** Opens the form for the person's own name of the account. @param {HTMLElement} opener Gets the focus back. */
  async rename(opener) {
    const { renameForm } = await import("./rename-form.js");
    const done = (/** @type {AccountView | null} */ renamed) => {
      this.#parts.extra.replaceChildren();
      if (renamed) this.#changed(renamed);
      opener.focus();
    };
    const form = renameForm(this.#account, done, this.#ended.signal);
    this.#parts.extra.replaceChildren(form);
    form.querySelector("input")?.select();
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

  async #test() {
    const { connectionSteps, awaitedSteps } = await import("./connection-steps.js");
    const { extra, test } = this.#parts;
    extra.replaceChildren(awaitedSteps());
    const result = await call("test_connection", { account: this.#account.id }).finally(() => extra.replaceChildren());
    const close = () => {
      extra.replaceChildren();
      test.focus();
    };
    extra.append(connectionSteps(result, { close, retry: () => test.click(), signIn: () => void this.signIn() }));
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
    this.dispatchEvent(new CustomEvent("account-changed", { bubbles: true, detail: account }));
  }

  #render() {
    const account = this.#account;
    const { meaning, actionRow, confirm } = this.#parts;
    const health = this.#busy === "refresh" ? "refreshing" : account.health;
    this.#lozenge.show(health);
    setText(meaning, message(HEALTH[health].meaning));
    meaning.hidden = (this.#error ?? account.problem) !== null && account.expires_at !== null; // the problem says it better
    showSites(this.#parts.sites, account);
    this.#renderButtons(account);
    this.#renderProblem(account);
    actionRow.hidden = this.#confirming;
    confirm.hidden = !this.#confirming;
    this.#tick();
  }

  /** @param {AccountView} account */
  #renderButtons(account) {
    const { chat, refresh, test, signIn, signOut, confirmButton } = this.#parts;
    const ended = ["reauth_required", "signed_out"].includes(account.health);
    const locked = account.health === "locked";
    const needsPerson = ended || (!account.can_refresh && ["expired", "expiring"].includes(account.health));
    const offered = account.problem?.action.kind === "sign_in" || this.#error?.action.kind === "sign_in";
    signIn.hidden = !needsPerson || (offered && !ended);
    chat.hidden = ended || locked || !account.can_chat;
    chat.classList.toggle("primary", signIn.hidden);
    refresh.hidden = ended || locked || !account.can_refresh;
    test.hidden = ended || locked;
    signOut.hidden = account.health === "signed_out";
    const busy = this.#busy;
    working(refresh, busy === "refresh", "refresh", message(busy === "refresh" ? "refreshing_now" : "refresh_now"));
    working(test, busy === "test", null, message(busy === "test" ? "testing_now" : "test_connection"));
    working(signIn, busy === "sign-in", "sign_in", message(busy === "sign-in" ? "signing_in" : "sign_in_again"));
    working(confirmButton, busy === "sign-out", null, message("sign_out"));
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
      fixSettings: this.#parts.extra.querySelector("[data-testid=token-form]")
        ? () => void this.#askForToken()
        : undefined,
    });
  }

  #tick() {
    if (!this.hidden) this.#times.show(this.#account); // a folded card shows no time
  }
}

customElements.define("account-details", AccountDetails);
