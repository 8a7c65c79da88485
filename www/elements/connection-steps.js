/** What came of a connection test, step by step with its time, and what to do about the step that failed. */

import { h } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { message } from "../lib/extension.js";
import { milliseconds } from "../lib/format.js";
import { icon } from "../lib/icons.js";

/** @import {ConnectionTest, StepResult} from "../lib/contract.d.ts" */

/** @param {HTMLElement} place @param {ConnectionTest} test @param {{ retry: () => void, signIn: () => void }} remedies */
export function connectionSteps(place, { ok, steps }, remedies) {
  const problem = h("div");
  placeError(problem, steps.find((step) => step.problem)?.problem ?? null, remedies);
  place.dataset.ok = String(ok);
  place.replaceChildren(
    h("p.test-summary", { role: "status" }, message(ok ? "test_ok" : "test_failed")),
    h("ol.test-list", ...steps.map(line)),
    problem,
  );
}

/** @param {StepResult} step */
function line({ step, problem, took_ms, found, items }) {
  return h(
    "li@test-step",
    { "data-step": step, "data-ok": String(!problem) },
    icon(problem ? "error_circle" : "check_circle", 16),
    h(
      "div.test-what",
      h("span.visually-hidden", `${message(problem ? "step_failed" : "step_worked")} `),
      message(`test_${step}`),
      found ? h("bdi.muted", ` · ${found}`) : "",
      h(
        "ul.caption.muted",
        { hidden: items.length === 0 },
        ...items.map((item) => h("li.ellipsis", { dir: "auto" }, item)),
      ),
    ),
    h("span.test-time", milliseconds(took_ms)),
  );
}
