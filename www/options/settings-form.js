/** The settings: each is stored as soon as it is changed, and what is wrong with one is said at it. */

import { toast } from "../elements/toast-region.js";
import { byId, on, onSubmit } from "../lib/dom.js";
import { fieldProblem } from "../lib/error-view.js";
import { call, errorView, message } from "../lib/extension.js";

/** @import {SettingsView} from "../lib/contract.d.ts" */

/** Where settings stand; one may stand in two places. @returns {NodeListOf<HTMLInputElement>} */
const inputs = () => document.querySelectorAll("[data-setting]");

/** Reads and shows what is in force. Rejects with a BackendError. */
export async function load() {
  show(await call("settings", {}));
}

for (const id of ["settings-form", "auto-lock-form"]) onSubmit(byId(id), () => {});
on(document, "change", "[data-setting]", (input) => void change(/** @type {HTMLInputElement} */ (input)));

/** @param {SettingsView} view */
function show({ settings, managed }) {
  for (const input of inputs()) {
    const value = settings[/** @type {keyof typeof settings} */ (input.name)];
    input.disabled = managed.includes(input.name);
    if (input.id) byId(`managed-${input.name}`).hidden = !input.disabled;
    if (document.activeElement === input && input.getAttribute("aria-invalid") === "true") continue;
    if (typeof value === "boolean") input.checked = value;
    else input.value = String(value);
  }
}

/** @param {HTMLInputElement} input */
async function change(input) {
  const value = input.type === "checkbox" ? input.checked : Number(input.value.trim() || Number.NaN);
  const whole = typeof value === "boolean" || (Number.isInteger(value) && value >= 0);
  if (!whole) return complain(input, message("whole_number"));
  try {
    const view = await call("change_settings", { change: { [input.name]: value } });
    complain(input, "");
    show(view);
    toast(message("saved"));
  } catch (error) {
    complain(input, errorView(error).message);
  }
}

/** @param {HTMLInputElement} input @param {string} problem */
function complain(input, problem) {
  fieldProblem(byId(`problem-setting-${input.name}`), problem, input);
}
