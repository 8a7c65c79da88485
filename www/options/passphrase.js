/** The passphrase: set, change, remove it, and lock now. */

import { working } from "../elements/busy-button.js";
import { toast } from "../elements/toast-region.js";
import { actions, byId, h } from "../lib/dom.js";
import { call, errorView, message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";

/** @import {LockState, Overview} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */
/** @typedef {"set" | "change" | "remove"} Task */

/** Which fields a task has. @type {Record<Task, { title: MessageKey, done: MessageKey, fields: string[] }>} */
const TASKS = {
  set: { title: "passphrase_set", done: "passphrase_was_set", fields: ["new", "repeat"] },
  change: { title: "passphrase_change", done: "passphrase_was_changed", fields: ["old", "new", "repeat"] },
  remove: { title: "passphrase_remove", done: "passphrase_was_removed", fields: ["old"] },
};
/** @type {Record<string, MessageKey>} */
const LABELS = { old: "passphrase_old", new: "passphrase_new", repeat: "passphrase_repeat" };

export class Passphrase {
  #place = byId("passphrase-form");
  /** @type {LockState | null} */
  #lock = null;
  #take;
  #signal;

  /** @param {{ take: (overview: Overview) => void, signal: AbortSignal }} options */
  constructor({ take, signal }) {
    this.#take = take;
    this.#signal = signal;
    const open = (/** @type {Task} */ task) => () => this.#open(task);
    const tasks = {
      "passphrase-set": open("set"),
      "passphrase-change": open("change"),
      "passphrase-remove": open("remove"),
    };
    actions(byId("passphrase"), { ...tasks, "lock-now": () => void this.#lockNow() }, signal);
  }

  /** @param {LockState} lock */
  show(lock) {
    if (this.#lock === lock) return;
    this.#lock = lock;
    this.#place.replaceChildren();
    byId("passphrase-state").textContent = message(
      lock === "none" ? "passphrase_none" : lock === "locked" ? "passphrase_locked" : "passphrase_unlocked",
    );
    byId("passphrase-set").hidden = lock !== "none";
    for (const id of ["passphrase-change", "passphrase-remove", "lock-now"]) byId(id).hidden = lock !== "unlocked";
  }

  /** @param {Task} task */
  #open(task) {
    const { title, fields } = TASKS[task];
    const save = h("button", { type: "submit", class: "button primary", "data-testid": "passphrase-save" });
    const cancel = h(
      "button",
      { type: "button", class: "button", "data-testid": "passphrase-cancel" },
      message("cancel"),
    );
    const problem = h("p", {
      class: "field-problem",
      id: "passphrase-problem",
      role: "alert",
      "data-testid": "passphrase-problem",
    });
    working(save, false, null, message(title));
    const form = h(
      "form",
      { class: "account-confirm", "aria-label": message(title), "data-testid": "passphrase-task", "data-task": task },
      ...fields.map(fieldElement),
      problem,
      h("div", { class: "in-line" }, save, cancel),
    );
    const close = () => {
      this.#place.replaceChildren();
      byId(`passphrase-${task}`).focus();
    };
    cancel.addEventListener("click", close, { signal: this.#signal });
    form.addEventListener("submit", (event) => void this.#submit(event, task, form, save), { signal: this.#signal });
    this.#place.replaceChildren(form);
    form.querySelector("input")?.focus();
  }

  /** @param {Event} event @param {Task} task @param {HTMLFormElement} form @param {HTMLElement} save */
  async #submit(event, task, form, save) {
    event.preventDefault();
    if (save.getAttribute("aria-disabled") === "true") return;
    const data = new FormData(form);
    const typed = (/** @type {string} */ name) => String(data.get(name) ?? "");
    complain(form, null);
    if (task !== "remove" && typed("new") !== typed("repeat")) {
      return complain(form, "repeat", message("passphrase_differs"));
    }
    working(save, true, null, message("sealing"));
    try {
      const overview =
        task === "remove"
          ? await call("remove_passphrase", { passphrase: typed("old") })
          : await call("set_passphrase", { old: task === "set" ? null : typed("old"), new: typed("new") });
      form.reset();
      this.#place.replaceChildren();
      this.#take(overview);
      toast(message(TASKS[task].done));
      byId(overview.lock === "none" ? "passphrase-set" : "passphrase-change").focus();
    } catch (error) {
      const { code, message: text } = errorView(error);
      complain(form, code === "wrong_passphrase" ? "old" : TASKS[task].fields.includes("new") ? "new" : "old", text);
    } finally {
      working(save, false, null, message(TASKS[task].title));
    }
  }

  async #lockNow() {
    try {
      this.#take(await call("lock", {}));
    } catch (error) {
      toast(errorView(error).message);
    }
  }
}

/** @param {HTMLFormElement} form @param {string | null} field `null` takes the complaint away. @param {string} [text] */
function complain(form, field, text = "") {
  for (const input of form.querySelectorAll("input")) input.setAttribute("aria-invalid", String(input.name === field));
  const said = field === null ? [] : [icon("error_circle", 16), h("span", {}, text)];
  form.querySelector(".field-problem")?.replaceChildren(...said);
  const input = field === null ? null : form.elements.namedItem(field);
  if (input instanceof HTMLInputElement) input.focus();
}

/** @param {string} name */
function fieldElement(name) {
  const id = `passphrase-${name}`;
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, message(LABELS[name])),
    h("input", {
      class: "input",
      id,
      name,
      type: "password",
      autocomplete: name === "old" ? "current-password" : "new-password",
      "aria-describedby": "passphrase-problem",
      "aria-invalid": "false",
      "data-testid": id,
    }),
  );
}
