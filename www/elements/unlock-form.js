/** Asks for the passphrase. Shown in every page while the stored tokens are locked. */

import { h } from "../lib/dom.js";
import { call, errorView, message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";
import { working } from "./busy-button.js";

/** @import {Overview} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */

/**
 * @param {(overview: Overview) => void} unlocked
 * @param {AbortSignal} signal
 */
export function unlockForm(unlocked, signal) {
  const { form, input, problem, button } = parts();
  const show = (/** @type {boolean} */ busy) => working(button, busy, null, message(busy ? "unlocking" : "unlock"));
  const complain = (/** @type {string} */ text) => {
    input.setAttribute("aria-invalid", String(text !== ""));
    problem.replaceChildren(...(text ? [icon("error_circle", 16), h("span", {}, text)] : []));
  };
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    if (input.value === "") return input.focus();
    show(true);
    complain("");
    try {
      const overview = await call("unlock", { passphrase: input.value });
      input.value = "";
      unlocked(overview);
    } catch (error) {
      complain(errorView(error).message);
      input.select();
      input.focus();
    } finally {
      show(false);
    }
  };
  show(false);
  form.addEventListener("submit", (event) => void submit(event), { signal });
  form.append(forgotten(unlocked, complain, signal));
  return form;
}

/**
 * The way out for who forgot it, which first says what it costs.
 * @param {(overview: Overview) => void} begun
 * @param {(text: string) => void} complain
 * @param {AbortSignal} signal
 */
function forgotten(begun, complain, signal) {
  const button = (/** @type {string} */ id, /** @type {string} */ look, /** @type {MessageKey} */ text) =>
    h("button", { type: "button", class: look, "data-testid": id }, message(text));
  const ask = button("forgot", "button subtle", "forget_passphrase");
  const yes = button("forgot-confirm", "button danger", "forget_passphrase_yes");
  const no = button("forgot-cancel", "button", "cancel");
  const question = h(
    "div",
    { class: "account-confirm", role: "group", "aria-label": message("forget_passphrase"), hidden: true },
    h("p", { "data-testid": "forgot-question" }, message("forget_passphrase_question")),
    h("div", { class: "in-line" }, yes, no),
  );
  const open = (/** @type {boolean} */ asking) => {
    [question.hidden, ask.hidden] = [!asking, asking];
    (asking ? no : ask).focus(); // what deletes is not one careless key away
  };
  const forget = async () => {
    if (yes.getAttribute("aria-disabled") === "true") return;
    working(yes, true, null, message("forgetting"));
    complain("");
    try {
      begun(await call("forget_passphrase", {}));
    } catch (error) {
      complain(errorView(error).message);
    } finally {
      working(yes, false, null, message("forget_passphrase_yes"));
    }
  };
  ask.addEventListener("click", () => open(true), { signal });
  no.addEventListener("click", () => open(false), { signal });
  yes.addEventListener("click", () => void forget(), { signal });
  return h("div", { class: "forgot" }, ask, question);
}

function parts() {
  const id = "unlock-passphrase";
  const input = h("input", {
    class: "input",
    id,
    type: "password",
    autocomplete: "current-password",
    "data-testid": "passphrase",
    "aria-describedby": "unlock-problem",
    "aria-invalid": "false",
  });
  const says = { id: "unlock-problem", role: "alert", "data-testid": "unlock-problem" };
  const problem = h("p", { class: "field-problem", ...says });
  const button = h("button", { type: "submit", class: "button primary", "data-testid": "unlock" });
  const form = h(
    "form",
    { class: "card unlock", "aria-labelledby": "unlock-title", "data-testid": "unlock-form" },
    h("div", { class: "unlock-head" }, icon("lock"), h("h2", { id: "unlock-title" }, message("locked_title"))),
    h("p", { class: "muted" }, message("locked_text")),
    h("div", { class: "field" }, h("label", { for: id }, message("passphrase")), input, problem),
    button,
  );
  return { form, input, problem, button };
}
