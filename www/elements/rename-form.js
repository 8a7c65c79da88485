/** The person's own name for an account, in place. */

import { h } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, errorView, message } from "../lib/extension.js";

/** @import {AccountView} from "../lib/contract.d.ts" */

const LONGEST = 60;

/**
 * @param {AccountView} account
 * @param {(renamed: AccountView | null) => void} done `null` when the person thought better of it.
 * @param {AbortSignal} signal
 */
export function renameForm(account, done, signal) {
  const { form, input, problem, cancel } = parts(account);
  cancel.addEventListener("click", () => done(null), { signal });
  const leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.preventDefault(); // or the popup closes
    done(null);
  };
  form.addEventListener("keydown", leave, { signal });
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      save(account, input.value.trim()).then(done, (error) => placeError(problem, errorView(error), {}));
    },
    { signal },
  );
  return form;
}

/** @param {AccountView} account */
function parts({ id: account, label, name }) {
  const id = `label-${account}`;
  const input = h("input", { class: "input", id, maxlength: LONGEST, "data-testid": "label", autocomplete: "off" });
  input.value = label ?? name;
  const problem = h("div", { class: "account-problem" });
  const cancel = h("button", { type: "button", class: "button", "data-testid": "label-cancel" }, message("cancel"));
  const submit = h("button", { type: "submit", class: "button primary", "data-testid": "label-save" }, message("save"));
  const hint = h("p", { class: "caption muted" }, message("account_label_hint", name));
  const form = h(
    "form",
    { class: "account-confirm", "data-testid": "rename-form" },
    h("div", { class: "field" }, h("label", { for: id }, message("account_label")), input, hint),
    problem,
    h("div", { class: "account-actions" }, submit, cancel),
  );
  return { form, input, problem, cancel };
}

/** @param {AccountView} account @param {string} label The server's own name, or none, takes the label away. */
async function save({ id, name }, label) {
  // both are set together, and a page that only renames does not know the other
  const { threshold_minutes } = await call("account_details", { account: id });
  return call("set_account", { account: id, label: label === "" || label === name ? null : label, threshold_minutes });
}
