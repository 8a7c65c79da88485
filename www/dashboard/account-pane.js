/** The chosen account: its card, what its state means, its token, figures and history, kept up to date. */

import { AccountCard } from "../elements/account-card.js";
import { byId, everySecond, setText } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, errorView, message } from "../lib/extension.js";
import { showChart } from "./chart.js";
import { Controls } from "./controls.js";
import { showFigures } from "./figures.js";
import { History } from "./history.js";
import { showToken, tickToken } from "./token-table.js";

/** @import {AccountDetails, AccountView, EventView, Health} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */

/** @type {Record<Health, MessageKey>} */
const MEANINGS = {
  fresh: "explain_fresh",
  expiring: "explain_expiring",
  refreshing: "explain_refreshing",
  retrying: "explain_retrying",
  expired: "explain_expired",
  reauth_required: "explain_reauth_required",
  misconfigured: "explain_misconfigured",
  locked: "explain_locked",
  no_expiry: "explain_no_expiry",
  signed_out: "explain_signed_out",
};
/** A refresh says several things at once; the figures are read once after them. Milliseconds. */
const PAUSE = 200;

export class AccountPane {
  /** @type {AccountView | null} */
  #account = null;
  /** @type {AccountDetails | null} */
  #details = null;
  /** @type {AccountCard | null} */
  #card = null;
  #history;
  #controls;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {{ changed: (account: AccountView) => void, signal: AbortSignal }} options `changed`: by what was done here. */
  constructor({ changed, signal }) {
    this.#history = new History(signal);
    this.#controls = new Controls({ changed, done: () => void this.#load(), signal });
    byId("card").addEventListener(
      "account-changed",
      (event) => {
        changed(/** @type {CustomEvent<AccountView>} */ (event).detail);
        this.#later();
      },
      { signal, capture: true },
    );
    everySecond(() => this.#details && tickToken(byId("token"), this.#details.token.expires_at), signal);
  }

  /** @param {AccountView | null} account */
  show(account) {
    byId("pane").hidden = account === null;
    const other = account?.id !== this.#account?.id;
    this.#account = account;
    if (!account) return;
    if (other) {
      this.#details = null;
      this.#card = new AccountCard();
      byId("card").replaceChildren(this.#card);
      byId("facts").hidden = true;
    }
    this.#showCard(account);
    if (other || account.health === "locked") void this.#load();
    else this.#later();
  }

  /** Something happened to a token; if to this one's, its history grows. @param {EventView} event */
  heard(event) {
    if (event.account !== this.#account?.id) return;
    if (this.#details) this.#history.add(event);
    this.#later();
  }

  /** @param {AccountView} account */
  #showCard(account) {
    this.#card?.show(account);
    if (this.#card?.dataset.foldable === undefined) this.#card?.fold(false, true);
    setText(byId("meaning"), message(MEANINGS[account.health]));
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), PAUSE);
  }

  async #load() {
    clearTimeout(this.#timer);
    const id = this.#account?.id;
    if (id === undefined) return;
    if (this.#account?.health === "locked") return this.#seal();
    try {
      const details = await call("account_details", { account: id });
      if (this.#isOpen(id)) this.#render(details);
    } catch (error) {
      if (this.#isOpen(id)) this.#complain(error);
    }
  }

  /** Whether this account is still the one shown, and not locked. @param {string} id */
  #isOpen(id) {
    return this.#account?.id === id && this.#account.health !== "locked";
  }

  /** Locked, nothing of the inside can be read. */
  #seal() {
    this.#details = null;
    byId("facts").hidden = true;
    placeError(byId("pane-notices"), null, {});
  }

  /** @param {AccountDetails} details */
  #render(details) {
    this.#details = details;
    placeError(byId("pane-notices"), null, {});
    byId("facts").hidden = false;
    showToken(byId("token"), details);
    showFigures(byId("figures"), details.statistics);
    showChart(byId("chart"), details.statistics.days);
    this.#history.show(details.account.id, details.history);
    this.#controls.show(details);
  }

  /** @param {unknown} error */
  #complain(error) {
    const retry = () => {
      placeError(byId("pane-notices"), null, {});
      void this.#load();
    };
    placeError(byId("pane-notices"), errorView(error), { retry });
  }
}
