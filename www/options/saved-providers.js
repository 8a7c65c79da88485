/** Ways to connect that were kept, or that the administrator has set up: one click, and what is still to fill in. */

import { byId, h, onSubmit } from "../lib/dom.js";
import { attempt } from "../lib/error-view.js";
import { call, message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";
import { emptyForm, fieldFor } from "./connect-fields.js";

/** @import {ProviderView} from "../lib/contract.d.ts" */
/** @import {FieldName} from "./connect-fields.js" */
/** @import {Access, Way} from "./connect-section.js" */
/** @typedef {(place: HTMLElement, way: Way, access: Access) => void} Connect */

const list = byId("providers-list");
/** Begins to connect. @type {Connect} */
let begun;
let started = false;

/** @param {Connect} connect */
export function begin(connect) {
  begun = connect;
}

/** Loads the list once. */
export function start() {
  if (started) return;
  started = true;
  void load();
}

export async function load() {
  const read = async () => {
    const { providers } = await call("providers", {});
    byId("form-status").append(byId("connect-status")); // it may stand in an item that goes away
    list.replaceChildren(...providers.map((each) => item(each)));
    byId("saved").hidden = providers.length === 0;
  };
  if (!(await attempt(byId("saved-error"), read, () => load()))) byId("saved").hidden = false;
}

/** What was typed has done its work. */
export function reset() {
  for (const form of list.querySelectorAll("form")) form.reset();
}

/** @param {ProviderView} provider */
function item(provider) {
  const { id, name, managed, asks_for } = provider;
  const fields = asks_for.map((field) => fieldFor(/** @type {FieldName} */ (field), `${id}-`));
  const button = h("button.button.primary@saved-connect", { type: "submit" }, message("connect"));
  const place = h("div.saved-status");
  const head = h("div.saved-head", said(provider));
  if (fields.length === 0) head.append(button);
  if (!managed) head.append(removal(id, name));
  const marks = { "data-testid": "saved-provider", "data-provider": id };
  const form = h("form.saved.card", { novalidate: true, autocomplete: "off", ...marks }, head, ...fields);
  if (fields.length > 0) form.append(h("div", button));
  form.append(place);
  onSubmit(form, () => begun(place, wayOf(provider, form), provider));
  return h("li", form);
}

/** @param {string} id @param {string} name */
function removal(id, name) {
  const label = message("remove_provider", name);
  const onclick = async () => {
    const remove = () => call("remove_provider", { provider: id });
    if (await attempt(byId("saved-error"), remove, onclick)) await load();
  };
  return h(
    "button.button.subtle.icon-only@saved-remove",
    { "aria-label": label, title: label, onclick },
    icon("delete"),
  );
}

/** @param {ProviderView} provider */
function said({ name, provider, client, place, managed }) {
  const kind = [message(`provider_${provider}`), message(`client_${client}`), place].filter(Boolean).join(" · ");
  return h(
    "div.saved-text",
    h("strong", { dir: "auto" }, name),
    h("p.caption.muted", { dir: "auto" }, kind),
    managed ? h("p.managed", icon("shield", 16), message("managed")) : "",
  );
}

/** @param {ProviderView} provider @param {HTMLFormElement} form @returns {Way} */
function wayOf({ id, provider, client, asks_for }, form) {
  if (asks_for.length === 0) return { provider: id };
  const filled = emptyForm(provider, client);
  for (const [name, text] of new FormData(form)) filled[/** @type {FieldName} */ (name)] = String(text).trim();
  return { provider: id, form: filled };
}
