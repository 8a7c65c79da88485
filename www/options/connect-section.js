/** Connecting: with the form, or in a way that was kept; the steps while it goes on, and what comes after. */

import { busily } from "../elements/busy-button.js";
import { toast } from "../elements/toast-region.js";
import { actions, byId, onSubmit } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, errorView, message, requestHosts, stream } from "../lib/extension.js";
import * as form from "./connect-form.js";
import { showConnected, showJourney, showProgress } from "./connecting.js";
import * as saved from "./saved-providers.js";

/** @import {ConnectForm as Form, ErrorView, Overview, PolicyView, Streams} from "../lib/contract.d.ts" */
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
  /** Tries the last way again. */
  #again = () => {};

  /** @param {() => Promise<void>} reload */
  constructor(reload) {
    this.#reload = reload;
    form.begin(showSteps);
    saved.begin((place, way, access) => this.#begin(place, way, access, () => saved.load()));
    onSubmit(byId("connect-form"), () => this.#submit());
    actions(byId("connect"), {
      "cancel-connect": () => this.#running?.abort(),
      "keep-provider": (button) => this.#keep(button),
    });
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
    showJourney(1);
    form.start(this.#loopback);
    saved.start();
  }

  /** Opens the form. @param {string | null} field To stand in. */
  open(field) {
    this.#wanted = true;
    byId("success").hidden = true;
    this.arrange();
    byId("connect").scrollIntoView({ block: "start" });
    form.focus(field);
  }

  /** Checks, asks for hosts, then lets the worker work. */
  #submit() {
    if (this.#running) return;
    this.#again = () => this.#submit();
    this.#showError(null);
    byId("form-status").append(byId("connect-status"));
    const check = form.checkForm();
    if (check instanceof Promise)
      check.then(
        (found) => this.#checked(found),
        (error) => this.#showError(errorView(error)),
      );
    else this.#checked(check);
  }

  /** Runs inside the click when the check was already known, as asking for hosts must. @param {import("../lib/contract.d.ts").FormCheck} check */
  #checked(check) {
    if (check.problems.length > 0) return form.complain(check.problems);
    this.#begin(byId("form-status"), { form: form.filled() }, check, () => form.forget());
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
    const running = new AbortController();
    this.#running = running;
    this.#setBusy(true);
    showJourney(2);
    showProgress("preparing");
    try {
      const account = await stream("connect", way, {
        signal: running.signal,
        onProgress: ({ step }) => showProgress(step),
      });
      this.#running = null;
      this.#wanted = false;
      form.reset();
      saved.reset();
      showConnected(account);
      await this.#reload();
    } catch (error) {
      showJourney(1);
      if (!running.signal.aborted) this.#showError(errorView(error));
    } finally {
      this.#running = null;
      this.#setBusy(false);
      showProgress(null);
    }
  }

  /** Keeps the form's settings under a name, for the next account. @param {HTMLElement} button */
  #keep(button) {
    const name = byId("keep-name", HTMLInputElement);
    const work = async () => {
      await call("add_provider", { name: name.value.trim(), form: form.filled() });
      name.value = "";
      byId("keep-problem").textContent = "";
      await saved.load();
      toast(message("provider_kept"));
    };
    void busily(button, work, (error) => {
      byId("keep-problem").textContent = errorView(error).message;
      name.focus();
    });
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

/** Clients whose steps differ from those of their server. @type {Form["client"][]} */
const OF_THEIR_OWN = ["broker", "api_token", "personal_access_token", "client_credentials"];

/** How to register this extension where the person's Jira lives. @param {Form} form */
function showSteps({ provider, client }) {
  const single = provider === "microsoft_entra" && client === "single_page";
  const kind = OF_THEIR_OWN.includes(client) ? client : single ? client : provider;
  byId("steps").dataset.shows = kind;
  for (const steps of /** @type {NodeListOf<HTMLElement>} */ (byId("steps").querySelectorAll("[data-kind]")))
    steps.hidden = steps.dataset.kind !== kind;
}
