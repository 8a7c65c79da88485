/** What the connect form can ask for. Its fields stand in the page; which of them belong to which choice, the backend says. */

import { byId } from "../lib/dom.js";

/** @import {ClientChoice, ConnectForm as Form, ProviderKind} from "../lib/contract.d.ts" */
/** @typedef {Exclude<keyof Form, "provider" | "client">} FieldName */

const form = byId("connect-form", HTMLFormElement);
const fields = /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */ (
  form.querySelectorAll("#fields [name]")
);
export const NAMES = /** @type {FieldName[]} */ ([...fields].map(({ name }) => name));

/** An empty form. @param {ProviderKind} provider @param {ClientChoice} client @returns {Form} */
export function emptyForm(provider, client) {
  return /** @type {Form} */ ({ ...Object.fromEntries(NAMES.map((name) => [name, ""])), provider, client });
}

/** The same field for another form of the page. @param {FieldName} name @param {string} prefix Tells the two apart. */
export function fieldFor(name, prefix) {
  const copy = /** @type {HTMLElement} */ (byId(`field-${name}`).cloneNode(true));
  copy.hidden = false;
  for (const element of [copy, ...copy.querySelectorAll("*")]) {
    if (element.id) element.id = prefix + element.id;
    for (const attribute of ["for", "aria-describedby"]) {
      const ids = element.getAttribute(attribute);
      if (ids)
        element.setAttribute(
          attribute,
          ids.replace(/\S+/gu, (id) => prefix + id),
        );
    }
    if (element instanceof HTMLInputElement) element.value = "";
  }
  return copy;
}
