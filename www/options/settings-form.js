/** The general settings: each is stored as soon as it is changed, and what is wrong with one is said at it. */

import { toast } from "../elements/toast-region.js";
import { byId, h } from "../lib/dom.js";
import { call, errorView, message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";

/** @import {Settings, SettingsView} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */

/** @type {Record<keyof Settings, { label: MessageKey, hint: MessageKey, unit: MessageKey | null }>} */
const FIELDS = {
  check_interval_minutes: { label: "setting_interval", hint: "setting_interval_hint", unit: "minutes" },
  threshold_minutes: { label: "setting_threshold", hint: "setting_threshold_hint", unit: "minutes" },
  retries: { label: "setting_retries", hint: "setting_retries_hint", unit: "times" },
  notifications: { label: "setting_notifications", hint: "setting_notifications_hint", unit: null },
  auto_lock_minutes: { label: "setting_auto_lock", hint: "setting_auto_lock_hint", unit: "minutes" },
};

export class SettingsForm {
  #place = byId("settings-fields");
  /** What is in force, as last heard. @type {SettingsView | null} */
  #view = null;

  /** @param {AbortSignal} signal */
  constructor(signal) {
    const all = Object.entries(FIELDS);
    this.#place.append(...all.map(([name, field]) => fieldElement(/** @type {keyof Settings} */ (name), field)));
    byId("settings-form").addEventListener("submit", (event) => event.preventDefault(), { signal });
    this.#place.addEventListener("change", (event) => void this.#changed(event.target), { signal });
  }

  /** Reads and shows what is in force. Rejects with a BackendError. */
  async load() {
    this.#show(await call("settings", {}));
  }

  /** @param {SettingsView} view */
  #show(view) {
    this.#view = view;
    for (const [name, value] of Object.entries(view.settings)) {
      const input = byId(`setting-${name}`, HTMLInputElement);
      const managed = view.managed.includes(name);
      input.disabled = managed;
      byId(`managed-${name}`).hidden = !managed;
      if (document.activeElement === input && input.getAttribute("aria-invalid") === "true") continue;
      if (typeof value === "boolean") input.checked = value;
      else input.value = String(value);
    }
  }

  /** @param {EventTarget | null} target */
  async #changed(target) {
    if (!(target instanceof HTMLInputElement) || !this.#view) return;
    const value = target.type === "checkbox" ? target.checked : Number(target.value.trim() || Number.NaN);
    const whole = typeof value === "boolean" || (Number.isInteger(value) && value >= 0);
    if (!whole) return complain(target, message("whole_number"));
    try {
      const view = await call("change_settings", { change: { [target.name]: value } });
      complain(target, null);
      this.#show(view);
      toast(message("saved"));
    } catch (error) {
      complain(target, errorView(error).message);
    }
  }
}

/** @param {HTMLInputElement} input @param {string | null} problem */
function complain(input, problem) {
  input.setAttribute("aria-invalid", String(problem !== null));
  const said = problem === null ? [] : [icon("error_circle", 16), h("span", {}, problem)];
  byId(`problem-setting-${input.name}`).replaceChildren(...said);
}

/** @param {keyof Settings} name @param {{ label: MessageKey, hint: MessageKey, unit: MessageKey | null }} field */
function fieldElement(name, { label, hint, unit }) {
  const id = `setting-${name}`;
  const ids = `hint-${id} managed-${name} problem-${id}`;
  const common = { id, name, "aria-describedby": ids, "aria-invalid": "false", "data-testid": id };
  const control =
    unit === null
      ? h("label", { class: "check" }, h("input", { ...common, type: "checkbox" }), h("span", {}, message(label)))
      : h(
          "div",
          { class: "in-line" },
          h("input", { ...common, class: "input number", inputmode: "numeric", autocomplete: "off" }),
          h("span", { class: "muted" }, message(unit)),
        );
  return h(
    "div",
    { class: "field setting" },
    unit === null ? "" : h("label", { for: id }, message(label)),
    control,
    h("p", { class: "caption muted", id: `hint-${id}` }, message(hint)),
    h(
      "p",
      { class: "managed", id: `managed-${name}`, "data-testid": `managed-${name}`, hidden: true },
      icon("shield", 16),
      message("managed"),
    ),
    h("p", { class: "field-problem", id: `problem-${id}`, role: "alert", "data-testid": `problem-${id}` }),
  );
}
