/** The form of what a plan still wants to know. */

import { h } from "../lib/dom.js";
import { message } from "../lib/extension.js";

/** @import {Missing} from "../lib/contract.d.ts" */

/** @param {Missing[]} missing */
export function missingForm(missing) {
  return h(
    "form.missing@missing",
    ...missing.map((one, at) =>
      h("div", h("label", { for: id(at) }, one.name), h("p.caption.muted", one.message), field(one, at)),
    ),
    h("button.button.primary@missing-send", { type: "submit" }, message("go_on")),
  );
}

let forms = 0;
/** @param {number} at */
function id(at) {
  if (at === 0) forms += 1;
  return `missing-${forms}-${at}`;
}

/** @param {Missing} missing @param {number} at */
function field({ field: name, input, choices }, at) {
  const attributes = { id: `missing-${forms}-${at}`, name, class: "input", required: true };
  if (input === "one" || input === "many") {
    const options = choices.map(({ label, value }) => h("option", { value }, label));
    return h("select.select", { ...attributes, multiple: input === "many" }, ...options);
  }
  if (input === "markdown") return h("textarea", { ...attributes, rows: 3 });
  const type = { text: "text", number: "number", day: "date" }[input];
  return h("input", { ...attributes, type, step: input === "number" ? "any" : null });
}

/** What was filled in, field by field. @param {HTMLFormElement} form @param {Missing[]} missing */
export function answersIn(form, missing) {
  const data = new FormData(form);
  return missing.map(({ field: name }) => ({ field: name, values: data.getAll(name).map(String).filter(Boolean) }));
}
