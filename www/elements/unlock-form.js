/** Asks for the passphrase. Shown in every page while the stored tokens are locked. */

import "../shared.js";
import { h, onSubmit } from "../lib/dom.js";
import { fieldProblem } from "../lib/error-view.js";
import { call, errorView, message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";
import { busily } from "./busy-button.js";

/** @import {Overview} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */

/** @param {(overview: Overview) => void} unlocked */
export function unlockForm(unlocked) {
  const { form, input, problem, button } = parts();
  const complain = (/** @type {string} */ text) => fieldProblem(problem, text, input);
  const submit = () => {
    if (input.value === "") return input.focus();
    const work = async () => {
      complain("");
      const overview = await call("unlock", { passphrase: input.value });
      input.value = "";
      unlocked(overview);
    };
    return busily(button, work, (error) => {
      complain(errorView(error).message);
      input.select();
      input.focus();
    });
  };
  onSubmit(form, submit);
  form.append(forgotten(unlocked, complain));
  return form;
}

/**
 * The way out for who forgot it, which first says what it costs.
 * @param {(overview: Overview) => void} begun
 * @param {(text: string) => void} complain
 */
function forgotten(begun, complain) {
  const open = (/** @type {boolean} */ asking) => () => {
    [question.hidden, ask.hidden] = [!asking, asking];
    (asking ? no : ask).focus(); // what deletes is not one careless key away
  };
  const forget = () => {
    const work = async () => {
      complain("");
      begun(await call("forget_passphrase", {}));
    };
    return busily(yes, work, (error) => complain(errorView(error).message));
  };
  const button = (/** @type {string} */ look, /** @type {MessageKey} */ text, /** @type {() => unknown} */ onclick) =>
    h(`button.button${look}`, { onclick }, message(text));
  const ask = button(".subtle@forgot", "forget_passphrase", open(true));
  const yes = button(".danger@forgot-confirm", "forget_passphrase_yes", forget);
  const no = button("@forgot-cancel", "cancel", open(false));
  const question = h(
    "div.ask",
    { role: "group", "aria-label": message("forget_passphrase"), hidden: true },
    h("p@forgot-question", message("forget_passphrase_question")),
    h("div.in-line", yes, no),
  );
  return h("div.forgot", ask, question);
}

function parts() {
  const id = "unlock-passphrase";
  const input = h("input.input@passphrase", {
    id,
    type: "password",
    autocomplete: "current-password",
    "aria-describedby": "unlock-problem",
    "aria-invalid": "false",
  });
  const says = { id: "unlock-problem", role: "alert", "data-testid": "unlock-problem" };
  const problem = h("p.field-problem", { ...says });
  const button = h("button.button.primary@unlock", { type: "submit" }, message("unlock"));
  const form = h(
    "form.card.unlock@unlock-form",
    { "aria-labelledby": "unlock-title" },
    h("div.unlock-head", icon("lock"), h("h2", { id: "unlock-title" }, message("locked_title"))),
    h("p.muted", message("locked_text")),
    h("div.field", h("label", { for: id }, message("passphrase")), input, problem),
    button,
  );
  return { form, input, problem, button };
}
