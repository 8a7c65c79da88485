/** Ways to connect that were kept, or that the administrator has set up: one click, and what is still to fill in. */

import { byId, h } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, errorView, message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";
import { CLIENTS, emptyForm, fieldElement, PROVIDERS } from "./connect-fields.js";

/** @import {ProviderView} from "../lib/contract.d.ts" */
/** @import {FieldName} from "./connect-fields.js" */
/** @import {Access, Way} from "./connect-section.js" */
/** @typedef {(place: HTMLElement, way: Way, access: Access) => void} Connect */

export class SavedProviders {
  #list = byId("providers-list");
  #connect;
  #signal;
  #started = false;

  /** @param {{ connect: Connect, signal: AbortSignal }} options */
  constructor({ connect, signal }) {
    this.#connect = connect;
    this.#signal = signal;
  }

  /** Loads the list once. */
  start() {
    if (this.#started) return;
    this.#started = true;
    void this.load();
  }

  async load() {
    try {
      const { providers } = await call("providers", {});
      byId("form-status").append(byId("connect-status")); // it may stand in an item that goes away
      this.#list.replaceChildren(...providers.map((each) => this.#item(each)));
      byId("saved").hidden = providers.length === 0;
      placeError(byId("saved-error"), null, {});
    } catch (error) {
      byId("saved").hidden = false;
      placeError(byId("saved-error"), errorView(error), { retry: () => void this.load() });
    }
  }

  /** What was typed has done its work. */
  reset() {
    for (const form of this.#list.querySelectorAll("form")) form.reset();
  }

  /** @param {ProviderView} provider */
  #item(provider) {
    const { id, name, managed, asks_for } = provider;
    const fields = asks_for.map((field) => fieldElement(/** @type {FieldName} */ (field), `${id}-`));
    const button = h(
      "button",
      { type: "submit", class: "button primary", "data-testid": "saved-connect" },
      message("connect"),
    );
    const place = h("div", { class: "saved-status" });
    const head = h("div", { class: "saved-head" }, said(provider));
    if (fields.length === 0) head.append(button);
    if (!managed) head.append(this.#removal(id, name));
    const marks = { "data-testid": "saved-provider", "data-provider": id };
    const form = h("form", { class: "saved card", novalidate: true, autocomplete: "off", ...marks }, head, ...fields);
    if (fields.length > 0) form.append(h("div", {}, button));
    form.append(place);
    form.addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        this.#connect(place, wayOf(provider, form), provider);
      },
      { signal: this.#signal },
    );
    return h("li", {}, form);
  }

  /** @param {string} id @param {string} name */
  #removal(id, name) {
    const says = { "aria-label": message("remove_provider", name), title: message("remove_provider", name) };
    const button = h(
      "button",
      { type: "button", class: "button subtle icon-only", "data-testid": "saved-remove", ...says },
      icon("delete"),
    );
    const remove = async () => {
      try {
        await call("remove_provider", { provider: id });
        await this.load();
      } catch (error) {
        placeError(byId("saved-error"), errorView(error), { retry: () => void remove() });
      }
    };
    button.addEventListener("click", () => void remove(), { signal: this.#signal });
    return button;
  }
}

/** @param {ProviderView} provider */
function said({ name, provider, client, place, managed }) {
  const kind = [message(PROVIDERS[provider]), message(CLIENTS[client].label), place].filter(Boolean).join(" · ");
  return h(
    "div",
    { class: "saved-text" },
    h("strong", { dir: "auto" }, name),
    h("p", { class: "caption muted", dir: "auto" }, kind),
    managed ? h("p", { class: "managed" }, icon("shield", 16), message("managed")) : "",
  );
}

/** @param {ProviderView} provider @param {HTMLFormElement} form @returns {Way} */
function wayOf({ id, provider, client, asks_for }, form) {
  if (asks_for.length === 0) return { provider: id };
  const filled = emptyForm(provider, client);
  for (const [name, text] of new FormData(form)) filled[/** @type {FieldName} */ (name)] = String(text).trim();
  return { provider: id, form: filled };
}
