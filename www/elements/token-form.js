/** A new token made by hand, for an account that has one: signing in again means pasting it. */

import { h } from "../lib/dom.js";
import { message } from "../lib/extension.js";

/**
 * @param {string} account Its id.
 * @param {{ save: (token: string, expiresOn: string) => void, cancel: () => void, signal: AbortSignal }} options
 */
export function tokenForm(account, { save, cancel, signal }) {
  const input = (/** @type {string} */ id, /** @type {string} */ type) =>
    h("input", { class: "input", id: `${id}-${account}`, type, autocomplete: "off", "data-testid": `new-${id}` });
  const [token, end] = [input("token", "password"), input("expires", "date")];
  const stop = h("button", { type: "button", class: "button", "data-testid": "token-cancel" }, message("cancel"));
  const form = h(
    "form",
    { class: "account-confirm", "data-testid": "token-form", "aria-label": message("new_token") },
    h("div", { class: "field" }, h("label", { for: token.id }, message("new_token")), token),
    h(
      "div",
      { class: "field" },
      h("label", { for: end.id }, message("field_expires_on"), h("span", {}, ` (${message("optional")})`)),
      end,
    ),
    h(
      "div",
      { class: "account-actions" },
      h("button", { type: "submit", class: "button primary", "data-testid": "token-save" }, message("save")),
      stop,
    ),
  );
  stop.addEventListener("click", cancel, { signal });
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      save(token.value.trim(), end.value);
    },
    { signal },
  );
  return form;
}
