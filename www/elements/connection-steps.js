/** What came of a connection test, step by step, with what to do about the one that failed. */

import { h } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { message } from "../lib/extension.js";
import { milliseconds } from "../lib/format.js";
import { icon } from "../lib/icons.js";

/** @import {ConnectionStep, ConnectionTest, StepResult} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */

/** @type {Record<ConnectionStep, MessageKey>} */
const STEPS = { token: "test_token", site: "test_site", person: "test_person" };

/** While it goes on: one answer comes for all steps, so none is ahead of another. */
export function awaitedSteps() {
  return h(
    "div",
    { class: "account-confirm test-steps", "data-testid": "testing" },
    h("p", { class: "test-summary" }, h("span", { class: "spinner", "aria-hidden": "true" }), message("testing_now")),
  );
}

/**
 * @param {ConnectionTest} test
 * @param {{ close: () => void, retry: () => void, signIn: () => void }} remedies
 */
export function connectionSteps({ ok, steps }, { close, retry, signIn }) {
  const dismiss = h(
    "button",
    {
      type: "button",
      class: "button subtle icon-only small",
      "aria-label": message("close"),
      "data-testid": "test-close",
    },
    icon("dismiss", 16),
  );
  dismiss.addEventListener("click", close);
  const problem = steps.find((step) => step.problem)?.problem ?? null;
  const place = h("div", { class: "account-problem" });
  placeError(place, problem, { retry, signIn });
  return h(
    "div",
    { class: "account-confirm test-steps", "data-testid": "test-result", "data-ok": String(ok) },
    h(
      "div",
      { class: "test-head" },
      h("p", { class: "test-summary", role: "status" }, message(ok ? "test_ok" : "test_failed")),
      dismiss,
    ),
    h("ol", {}, ...steps.map(line)),
    place,
  );
}

/** @param {StepResult} step */
function line({ step, problem, took_ms, found }) {
  return h(
    "li",
    { "data-testid": "test-step", "data-step": step, "data-ok": String(!problem) },
    icon(problem ? "error_circle" : "check_circle", 16),
    h(
      "span",
      { class: "test-what" },
      h("span", { class: "visually-hidden" }, `${message(problem ? "step_failed" : "step_worked")} `),
      message(STEPS[step]),
      found ? h("span", { class: "muted", dir: "auto" }, ` · ${found}`) : "",
    ),
    h("span", { class: "test-time" }, milliseconds(took_ms)),
  );
}
