/** The passphrase: set, change, remove it, and lock now. */

import { busily } from "../elements/busy-button.js";
import { toast } from "../elements/toast-region.js";
import { actions, byId, onSubmit } from "../lib/dom.js";
import { fieldProblem } from "../lib/error-view.js";
import { call, errorView, message } from "../lib/extension.js";

/** @import {LockState, Overview} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */
/** @typedef {"set" | "change" | "remove"} Task */
/** @typedef {"old" | "new" | "repeat"} Field */

/** @type {Record<Task, { title: MessageKey, done: MessageKey, fields: Field[] }>} */
const TASKS = {
  set: { title: "passphrase_set", done: "passphrase_was_set", fields: ["new", "repeat"] },
  change: { title: "passphrase_change", done: "passphrase_was_changed", fields: ["old", "new", "repeat"] },
  remove: { title: "passphrase_remove", done: "passphrase_was_removed", fields: ["old"] },
};
const field = (/** @type {string} */ name) => byId(`passphrase-${name}`, HTMLInputElement);

const form = byId("passphrase-form", HTMLFormElement);
/** @type {Task} */
let current = "set";
/** Shows what a command answered. @type {(overview: Overview) => void} */
let taken;

/** @param {(overview: Overview) => void} take */
export function begin(take) {
  taken = take;
  const open = (/** @type {Task} */ task) => () => openForm(task);
  const tasks = {
    "passphrase-set": open("set"),
    "passphrase-change": open("change"),
    "passphrase-remove": open("remove"),
    "passphrase-cancel": () => close(),
    "lock-now": (/** @type {HTMLElement} */ button) =>
      void busily(
        button,
        () => lockNow(),
        (error) => toast(errorView(error).message),
      ),
  };
  actions(byId("passphrase"), tasks);
  onSubmit(form, () => submit());
}

/** @param {LockState} lock */
export function show(lock) {
  const state = byId("passphrase-state");
  if (state.dataset.lock === lock) return;
  state.dataset.lock = lock;
  state.textContent = message(`passphrase_${lock}`);
  form.hidden = true;
  byId("passphrase-set").hidden = lock !== "none";
  for (const id of ["passphrase-change", "passphrase-remove", "lock-now"]) byId(id).hidden = lock !== "unlocked";
  byId("auto-lock-form").hidden = lock === "none";
}

async function lockNow() {
  taken(await call("lock", {}));
}

/** @param {Task} task */
function openForm(task) {
  current = task;
  const { title, fields } = TASKS[task];
  form.reset();
  complain(null);
  form.hidden = false;
  form.dataset.task = task;
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(".field")))
    part.hidden = !fields.some((name) => part.contains(field(name)));
  byId("passphrase-save").textContent = message(title);
  field(fields[0]).focus();
}

function close() {
  form.reset();
  form.hidden = true;
  byId(`passphrase-${current}`).focus();
}

function submit() {
  const { fields, done } = TASKS[current];
  complain(null);
  if (fields.includes("repeat") && field("new").value !== field("repeat").value)
    return complain("repeat", message("passphrase_differs"));
  const [old, fresh] = [field("old").value, field("new").value];
  const work = async () => {
    const overview =
      current === "remove"
        ? await call("remove_passphrase", { passphrase: old })
        : await call("set_passphrase", { old: current === "set" ? null : old, new: fresh });
    form.reset();
    form.hidden = true;
    taken(overview);
    toast(message(done));
    byId(overview.lock === "none" ? "passphrase-set" : "passphrase-change").focus();
  };
  void busily(byId("passphrase-save"), work, (error) => {
    const { code, message: text } = errorView(error);
    complain(code === "wrong_passphrase" || !fields.includes("new") ? "old" : "new", text);
  });
}

/** @param {Field | null} wrong `null` takes the complaint away. @param {string} [text] */
function complain(wrong, text = "") {
  for (const input of form.querySelectorAll("input")) input.setAttribute("aria-invalid", String(input.name === wrong));
  fieldProblem(byId("passphrase-problem"), text);
  if (wrong) field(wrong).focus();
}
