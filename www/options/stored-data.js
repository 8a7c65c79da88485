/** What is stored in this browser: of each kind how much, and a way to delete what goes by itself. */

import { busily } from "../elements/busy-button.js";
import { toast } from "../elements/toast-region.js";
import { byId, on, setText } from "../lib/dom.js";
import { attempt, placeError } from "../lib/error-view.js";
import { call, errorView, message } from "../lib/extension.js";
import { bytes, number } from "../lib/format.js";

/** @import {Stored, StoredKind} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */

const list = byId("stored");

/** Reads how much there is. */
export function show() {
  const read = async () => render(await call("stored", {}));
  void attempt(byId("data-error"), read, () => show());
}

/** @param {Stored[]} kinds */
function render(kinds) {
  for (const { kind, records, bytes: size, can_delete } of kinds) {
    const row = list.querySelector(`[data-kind=${kind}]`);
    const [, amount, button] = /** @type {HTMLElement[]} */ ([...(row?.children ?? [])]);
    if (!amount || !button) continue;
    amount.textContent = records === 0 ? message("none") : bytes(size);
    amount.title = message("stored_records", number(records));
    button.hidden = !can_delete || records === 0;
    calm(button);
  }
  const all = kinds.reduce((sum, { bytes: size }) => sum + size, 0);
  setText(byId("stored-all"), message("stored_all", bytes(all)));
}

/** The first press only asks. @param {HTMLElement} button */
function ask(button) {
  button.dataset.sure = "";
  button.classList.add("danger");
  label(button, "delete_sure");
}

/** @param {HTMLElement} button */
function calm(button) {
  if (button.hasAttribute("data-busy")) return;
  delete button.dataset.sure;
  button.classList.remove("danger");
  label(button, "delete");
}

/** @param {HTMLElement} button */
function remove(button) {
  const kind = /** @type {StoredKind} */ (button.parentElement?.dataset.kind);
  const work = async () => {
    const left = await call("delete_stored", { kind });
    button.removeAttribute("data-busy");
    render(left);
    toast(message("deleted"));
  };
  void busily(button, work, (error) => placeError(byId("data-error"), errorView(error)));
}

const press = (/** @type {HTMLElement} */ button) => (button.dataset.sure === undefined ? ask(button) : remove(button));
on(list, "click", "button", press);
on(list, "focusout", "button", (button) => calm(button));

/** @param {HTMLElement} button @param {MessageKey} key */
function label(button, key) {
  button.textContent = message(key);
  button.setAttribute("aria-label", `${message(key)} ${button.parentElement?.querySelector("strong")?.textContent}`);
}
