/** Questions to begin with. */

import { byId } from "../lib/dom.js";
import { call, message } from "../lib/extension.js";
import { exampleList } from "./cards.js";

/** @param {string[]} examples */
function show(examples) {
  byId("examples").replaceChildren(exampleList(examples));
}

/** Those that fit everybody. */
export function showExamples() {
  show([message("example_mine"), message("example_overdue"), message("example_bugs"), message("example_updated")]);
}

/** Those that fit the person's site, as soon as they are there. @param {string} account @param {() => boolean} wanted Whether they still are. */
export async function fitExamples(account, wanted) {
  const examples = await call("examples", { account });
  if (wanted() && examples.length > 0) show(examples);
}
