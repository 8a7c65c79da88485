/** Changes: the plan with what is before and after, and what came of it. Nothing is done without a click of the person's own. */

import { h, onSubmit, webLink } from "../lib/dom.js";
import { errorBar } from "../lib/error-view.js";
import { message, openOptions } from "../lib/extension.js";
import { bytes, number } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { buttons, frame, obstacle } from "./frame.js";
import { answersIn, missingForm } from "./plan-form.js";

/** @import {Before, JobRow, JobView, PlanRow, PlanView} from "../lib/contract.d.ts" */

/**
 * What a button of a card wants to be done. The card hears whether it was taken.
 * @typedef {{ command: "confirm", plan: string, hash: string, twice: boolean, file?: File | undefined }
 *   | { command: "plan", plan: string, answers: { field: string, values: string[] }[] }
 *   | { command: "plan_drop", plan: string } | { command: "undo", plan: string } | { command: "go_on", plan: string, retry: boolean }} Deed
 */

/** @param {HTMLElement} from @param {Deed} deed */
function want(from, deed) {
  return from.dispatchEvent(new CustomEvent("deed", { bubbles: true, cancelable: true, detail: deed }));
}

/** @param {string} text @param {string} look @param {() => void} onclick */
const button = (text, look, onclick) => h(`button.button${look}`, { onclick }, text);

/** @param {PlanView} plan */
export function planCard(plan) {
  const card = frame(
    "plan",
    // What stands in the way was found before anything could be planned: then the title would speak of no issues.
    (plan.trouble === null || plan.rows.length > 0) && h("h2", plan.title),
    ...plan.warnings.map((text) => h("p.ignored", icon("warning", 16), h("bdi", text))),
    h("ul.plan-rows", ...plan.rows.map(planRow)),
    plan.more > 0 && h("p.muted", message("more_issues", number(plan.more))),
    plan.stays > 0 && h("p.muted@stays", message("issues_stay", number(plan.stays))),
    concerns(plan),
  );
  const again = () => {
    if (want(card, { command: "plan", plan: plan.id, answers: [] })) card.remove();
  };
  const fixSettings = () => openOptions("#settings");
  card.append(plan.trouble ? obstacle(plan.trouble, again, { fixSettings }) : decision(card, plan));
  return card;
}

/** @param {PlanRow} row */
function planRow({ key, url, summary, changes, problem }) {
  return h(
    "li@plan-row",
    { "data-left-out": problem !== null },
    h("p.issue-line", key !== "" && webLink(url, { class: "issue-key" }, key), h("bdi", summary)),
    problem === null ? h("dl.changes", ...changes.map(change)) : h("p.muted", problem),
  );
}

/** @param {Before} change */
function change({ field, before, after }) {
  const value = (/** @type {string} */ text) => h("bdi", text || message("nothing_there"));
  return h(
    "div",
    h("dt", field),
    h(
      "dd",
      h("del", h("span.visually-hidden", message("before"), " "), value(before)),
      h("span", { "aria-hidden": "true" }, " → "),
      h("ins", h("span.visually-hidden", message("after"), " "), value(after)),
    ),
  );
}

/** @param {PlanView} plan */
function concerns({ concerns: all }) {
  if (all.length === 0) return null;
  const names = all.map(({ name, role }) => (role === "" ? name : `${name} (${role})`));
  return h("p.caption.muted@concerns", message("concerns", names.join(", ")));
}

/** The form, or the buttons that decide. @param {HTMLElement} card @param {PlanView} plan */
function decision(card, plan) {
  if (plan.missing.length > 0) return ask(card, plan);
  const file = plan.file && h("input@file", { type: "file", "aria-label": message("choose_file") });
  const large = h("p.ignored@too-large", { role: "alert" });
  const isLarge = () => {
    large.textContent = tooLarge(file?.files?.[0], plan.file?.most_bytes ?? 0);
    return large.textContent !== "";
  };
  file?.addEventListener("change", isLarge);
  const place = buttons();
  const confirm = () => {
    const chosen = file?.files?.[0];
    if (file && (!chosen || isLarge())) return file.focus();
    const { id, hash, twice } = plan;
    if (want(card, { command: "confirm", plan: id, hash, twice: twice !== null, file: chosen })) place.remove();
  };
  const drop = button(message("cancel"), "@plan-drop", () => {
    if (want(card, { command: "plan_drop", plan: plan.id }))
      place.replaceChildren(h("p.muted", message("plan_dropped")));
  });
  const sure = () => {
    const yes = button(plan.button, ".danger@confirm-twice", confirm);
    place.replaceChildren(h("p@twice", { role: "alert" }, plan.twice ?? ""), drop, yes);
    drop.focus();
  };
  place.append(
    ...(file ? [file, large] : []),
    button(plan.button, ".primary@confirm", plan.twice === null ? confirm : sure),
    drop,
  );
  return place;
}

/** Why a file is not taken; empty if it is. Sizes are rounded apart. @param {File | undefined} file @param {number} most */
function tooLarge(file, most) {
  if (!file || file.size <= most) return "";
  const step = most < 1_000_000 ? 1 : 100_000;
  const [size, limit] = [Math.ceil(file.size / step) * step, Math.floor(most / step) * step];
  return message("file_too_large", file.name, bytes(size), bytes(limit));
}

/** @param {HTMLElement} card @param {PlanView} plan */
function ask(card, plan) {
  const form = missingForm(plan.missing);
  onSubmit(form, () => {
    if (want(card, { command: "plan", plan: plan.id, answers: answersIn(form, plan.missing) })) card.remove();
  });
  return form;
}

/** @param {JobView} job */
export function outcomeCard(job) {
  const card = frame(
    "outcome",
    h("h2", job.title),
    h("p@outcome-message", job.message),
    h("ul.plan-rows", ...job.rows.map(jobRow)),
    job.more > 0 && h("p.muted", message("more_issues", number(job.more))),
    job.undo_note !== "" && h("p.caption.muted", job.undo_note),
  );
  if (job.trouble) card.append(errorBar(job.trouble));
  const act = (/** @type {Deed} */ deed) => () => {
    if (want(card, deed)) place.remove();
  };
  const retry = job.failed > 0;
  const goOn = message(retry ? "retry_failed" : "go_on");
  const place = buttons(
    job.can_go_on && button(goOn, "@go-on", act({ command: "go_on", plan: job.id, retry })),
    job.can_undo && button(message("undo"), "@undo", act({ command: "undo", plan: job.id })),
  );
  if (place.firstChild) card.append(place);
  return card;
}

/** @type {Partial<Record<JobRow["state"], string>>} */
const TONES = { done: "success", failed: "danger", unknown: "warning" };

/** @param {JobRow} row */
function jobRow({ key, url, summary, state, message: text }) {
  return h(
    "li@job-row",
    { "data-state": state },
    h(
      "p.issue-line",
      webLink(url, { class: "issue-key" }, key),
      h("bdi", summary),
      h("span.label", { "data-tone": TONES[state] }, message(`item_${state}`)),
    ),
    text !== "" && h("p.muted", { dir: "auto" }, text),
  );
}
