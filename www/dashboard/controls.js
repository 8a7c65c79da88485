/** What can be set and done for one account, beside what its card offers. */

import { working } from "../elements/busy-button.js";
import { toast } from "../elements/toast-region.js";
import { actions, byId } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, errorView, message, stream } from "../lib/extension.js";

/** @import {AccountDetails, AccountView} from "../lib/contract.d.ts" */

export class Controls {
  /** @type {AccountDetails | null} */
  #details = null;
  #input = byId("threshold", HTMLInputElement);
  #changed;
  #done;
  #busy = false;

  /** @param {{ changed: (account: AccountView) => void, done: () => void, signal: AbortSignal }} options */
  constructor({ changed, done, signal }) {
    this.#changed = changed;
    this.#done = done;
    byId("threshold-form").addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        void this.#saveThreshold(this.#input.value.trim());
      },
      { signal },
    );
    actions(
      byId("facts"),
      {
        "threshold-general": () => void this.#saveThreshold(""),
        other: () => void this.#otherAccount(),
        clear: () => this.#ask(true),
        "clear-cancel": () => this.#ask(false),
        "clear-confirm": () => void this.#clear(),
      },
      signal,
    );
  }

  /** @param {AccountDetails} details */
  show(details) {
    const other = this.#details?.account.id !== details.account.id;
    this.#details = details;
    if (other) this.#ask(false, false);
    if (other) this.#complain(null);
    if (other) placeError(byId("other-error"), null, {});
    byId("other-account").hidden = details.account.health === "locked" || !details.account.session_ends_at;
    if (!this.#busy) working(byId("other"), false, "sign_in", message("other_account"));
    if (other || document.activeElement !== this.#input) this.#input.value = String(details.threshold_minutes ?? "");
    byId("threshold-general").hidden = details.threshold_minutes === null;
    byId("clear").hidden = details.account.health === "signed_out" || !byId("clear-confirm").hidden;
  }

  /** @param {string} text Empty for the general setting. */
  async #saveThreshold(text) {
    if (!this.#details) return;
    const { id, label } = this.#details.account;
    try {
      const threshold_minutes = text === "" ? null : Number(text);
      this.#changed(await call("set_account", { account: id, label, threshold_minutes }));
      this.#complain(null);
      toast(message("saved"));
      this.#input.value = text;
      this.#done();
    } catch (error) {
      this.#complain(error);
      this.#input.focus();
    }
  }

  /** The provider lets the person choose; whoever signs in gets an account of their own. */
  async #otherAccount() {
    if (this.#busy || !this.#details) return;
    const { id } = this.#details.account;
    const show = (/** @type {boolean} */ busy) => {
      this.#busy = busy;
      working(byId("other"), busy, "sign_in", message(busy ? "signing_in" : "other_account"));
    };
    placeError(byId("other-error"), null, {});
    show(true);
    try {
      const fresh = await stream("reconnect", { account: id, other: true });
      toast(message("connected_as", fresh.name));
    } catch (error) {
      placeError(byId("other-error"), errorView(error), { retry: () => void this.#otherAccount() });
    } finally {
      show(false);
    }
  }

  async #clear() {
    if (this.#busy || !this.#details) return;
    this.#working(true);
    try {
      const { id } = this.#details.account;
      const { accounts } = await call("clear_tokens", { account: id });
      const cleared = accounts.find((account) => account.id === id);
      if (cleared) this.#changed(cleared);
      this.#ask(false);
      toast(message("tokens_cleared"));
      this.#done();
    } catch (error) {
      placeError(byId("clear-error"), errorView(error), { retry: () => void this.#clear() });
    } finally {
      this.#working(false);
    }
  }

  /** @param {boolean} asking @param {boolean} [focus] */
  #ask(asking, focus = true) {
    byId("clear-confirm").hidden = !asking;
    byId("clear").hidden = asking;
    placeError(byId("clear-error"), null, {});
    if (focus) byId(asking ? "clear-yes" : "clear").focus();
  }

  /** @param {boolean} busy */
  #working(busy) {
    this.#busy = busy;
    working(byId("clear-yes"), busy, null, message("clear_tokens"));
  }

  /** @param {unknown} error */
  #complain(error) {
    this.#input.setAttribute("aria-invalid", String(error !== null));
    byId("threshold-problem").textContent = error === null ? "" : errorView(error).message;
  }
}
