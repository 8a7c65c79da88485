/** What the buttons of plans do: confirm, cancel, take back, go on. */

import { toast } from "../elements/toast-region.js";
import { call, errorView, stream } from "../lib/extension.js";

/** @import {Answers} from "./answers.js" */
/** @import {Deed} from "./plan-cards.js" */

/**
 * Carries out what a card wants. While something else runs it is not taken, and the card keeps its buttons.
 * @param {Answers} answers
 * @param {HTMLElement} answer What the card stands in.
 * @param {CustomEvent<Deed>} event
 */
export function carryOut(answers, answer, event) {
  const { account = "" } = answer.dataset;
  const deed = event.detail;
  if (answers.busy && deed.command !== "plan_drop") return event.preventDefault();
  if (deed.command === "plan_drop") {
    call("plan_drop", { account, plan: deed.plan }).catch((error) => toast(errorView(error).message));
    return;
  }
  void answers.run(answer, request(account, deed), account);
}

/** @param {string} account @param {Exclude<Deed, { command: "plan_drop" }>} deed @returns {import("./answers.js").Request} */
function request(account, deed) {
  return async (options) => {
    const { command, file, twice, ...rest } = /** @type {Deed & { file?: File, twice?: boolean }} */ (deed);
    const args = { account, ...rest, ...(twice && { twice }), ...(file && { file: await content(file) }) };
    return stream(/** @type {"plan"} */ (command), /** @type {any} */ (args), options);
  };
}

/** @param {File} file */
async function content(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return { name: file.name, media_type: file.type, content: btoa(text) };
}
