/** Connecting: with the form, or in a way that was kept; the steps while it goes on, and what comes after. */

import { working } from "../elements/busy-button.js";
import { toast } from "../elements/toast-region.js";
import { actions, byId } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, errorView, message, requestHosts, stream } from "../lib/extension.js";
import { ConnectForm } from "./connect-form.js";
import { showConnected, showProgress } from "./connecting.js";
import { showSteps } from "./register-steps.js";
import { SavedProviders } from "./saved-providers.js";

/** @import {ErrorView, Overview, PolicyView, Streams} from "../lib/contract.d.ts" */
/** @typedef {Streams["connect"]["args"]} Way */
/** @typedef {{ origins: string[], permissions: string[] }} Access */

export class ConnectSection {
  /** @type {AbortController | null} */
  #running = null;
  /** Whether the form is wanted although there are accounts. */
  #wanted = false;
  #accounts = 0;
  #loopback = false;
  #locked = false;
  #reload;
  #signal;
  #form;
  #saved;
  /** Tries the last way again. */
  #again = () => {};

  /** @param {{ reload: () => Promise<void>, signal: AbortSignal }} options */
  constructor({ reload, signal }) {
    this.#reload = reload;
    this.#signal = signal;
    this.#form = new ConnectForm({ changed: (value) => showSteps(byId("steps"), value), signal });
    this.#saved = new SavedProviders({
      connect: (place, way, access) => this.#begin(place, way, access, () => this.#saved.load()),
      signal,
    });
    byId("connect-form").addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        this.#submit();
      },
      { signal },
    );
    actions(
      byId("connect"),
      { "cancel-connect": () => this.#running?.abort(), "keep-provider": () => void this.#keep() },
      signal,
    );
  }

  /** @param {Overview} view */
  show({ accounts, loopback, lock }) {
    this.#accounts = accounts.length;
    this.#loopback = loopback;
    this.#locked = lock === "locked";
    this.arrange();
  }

  /** What the administrator allows. @param {PolicyView} policy */
  allow({ allow_other_providers: others }) {
    byId("own-ways").hidden = !others;
    byId("managed-ways").hidden = others;
  }

  /** Shows the form where it is wanted; locked, nothing could be stored. */
  arrange() {
    const needed = this.#accounts === 0 || this.#wanted || this.#running !== null;
    const shown = needed && !this.#locked && byId("success").hidden;
    byId("connect").hidden = !shown;
    byId("connect-another").hidden = shown || this.#locked;
    if (!shown) return;
    this.#form.start(this.#loopback);
    this.#saved.start();
  }

  /** Opens the form. @param {string | null} field To stand in. */
  open(field) {
    this.#wanted = true;
    byId("success").hidden = true;
    this.arrange();
    byId("connect").scrollIntoView({ block: "start" });
    this.#form.focus(field);
  }

  /** Checks, asks for hosts, then lets the worker work. */
  #submit() {
    if (this.#running) return;
    this.#again = () => this.#submit();
    this.#showError(null);
    byId("form-status").append(byId("connect-status"));
    const check = this.#form.check();
    if (check instanceof Promise)
      check.then(
        (found) => this.#checked(found),
        (error) => this.#showError(errorView(error)),
      );
    else this.#checked(check);
  }

  /** Runs inside the click when the check was already known, as asking for hosts must. @param {import("../lib/contract.d.ts").FormCheck} check */
  #checked(check) {
    if (check.problems.length > 0) return this.#form.complain(check.problems);
    this.#begin(byId("form-status"), { form: this.#form.value() }, check, () => this.#form.forget());
  }

  /** @param {HTMLElement} place @param {Way} way @param {Access} access @param {() => void} asked */
  #begin(place, way, { origins, permissions }, asked) {
    if (this.#running) return;
    place.append(byId("connect-status"));
    this.#showError(null);
    if (!way.form || way.provider) this.#again = () => this.#begin(place, way, { origins, permissions }, asked);
    void requestHosts(origins, permissions).then((granted) => {
      if (origins.length + permissions.length > 0) asked();
      if (granted) return this.#connect(way);
      this.#showError({
        code: "permission_needed",
        message: message("hosts_refused"),
        action: { kind: "grant_hosts", origins, permissions },
      });
    });
  }

  /** @param {Way} way */
  async #connect(way) {
    const progress = byId("connect-progress");
    const running = new AbortController();
    this.#running = running;
    this.#setBusy(true);
    showProgress(progress, "preparing");
    try {
      const account = await stream("connect", way, {
        signal: running.signal,
        onProgress: ({ step }) => showProgress(progress, step),
      });
      this.#running = null;
      this.#wanted = false;
      this.#form.reset();
      this.#saved.reset();
      showConnected(byId("success"), account, this.#signal);
      await this.#reload();
    } catch (error) {
      if (!running.signal.aborted) this.#showError(errorView(error));
    } finally {
      this.#running = null;
      this.#setBusy(false);
      showProgress(progress, null);
    }
  }

  /** Keeps the form's settings under a name, for the next account. */
  async #keep() {
    const [name, button] = [byId("keep-name", HTMLInputElement), byId("keep")];
    if (button.getAttribute("aria-disabled") === "true") return;
    working(button, true, null, message("keep_provider"));
    try {
      await call("add_provider", { name: name.value.trim(), form: this.#form.value() });
      name.value = "";
      byId("keep-problem").textContent = "";
      await this.#saved.load();
      toast(message("provider_kept"));
    } catch (error) {
      byId("keep-problem").textContent = errorView(error).message;
      name.focus();
    } finally {
      working(button, false, null, message("keep_provider"));
    }
  }

  /** @param {boolean} busy */
  #setBusy(busy) {
    byId("connect-submit").setAttribute("aria-disabled", String(busy));
    byId("connect-cancel").hidden = !busy;
  }

  /** @param {ErrorView | null} error */
  #showError(error) {
    placeError(byId("connect-error"), error, { retry: () => this.#again(), fixSettings: (field) => this.open(field) });
  }
}
