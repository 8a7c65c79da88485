/** What the administrator manages, and records that cannot be read any more. */

import { busily } from "../elements/busy-button.js";
import { toast } from "../elements/toast-region.js";
import { actions, asking, byId, h } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, errorView, message } from "../lib/extension.js";

/** @import {Overview, PolicyView} from "../lib/contract.d.ts" */

/** @param {PolicyView} policy */
export function showPolicy({ managed, allow_other_providers, allowed_sites, require_passphrase, read_only, problems }) {
  byId("policy").hidden = managed.length === 0 && problems.length === 0;
  const rules = [
    allow_other_providers ? "" : message("policy_ways"),
    allowed_sites === null ? "" : message("policy_sites", allowed_sites.join(", ") || message("policy_no_site")),
    require_passphrase ? message("policy_passphrase") : "",
    read_only ? message("policy_read_only") : "",
  ];
  byId("policy-rules").replaceChildren(...rules.filter(Boolean).map((rule) => h("li", rule)));
  byId("policy-problems-title").hidden = problems.length === 0;
  byId("policy-problems").replaceChildren(...problems.map((problem) => h("li", problem)));
  byId("passphrase-required").hidden = !require_passphrase;
  /** @type {HTMLElement} */ (document.querySelector("#nav [href='#policy']")).hidden = byId("policy").hidden;
}

const ask = asking("forget");
/** Shows what a command answered. @type {(overview: Overview) => void} */
let taken;

/** @param {(overview: Overview) => void} take */
export function begin(take) {
  taken = take;
  actions(byId("damaged"), { "forget-yes": (button) => forget(button) });
}

/** @param {Overview} overview */
export function showDamaged({ problem }) {
  byId("damaged").hidden = problem?.code !== "vault_unreadable";
}

/** @param {HTMLElement} button */
function forget(button) {
  const work = async () => {
    const overview = await call("forget_damaged", {});
    ask(false);
    taken(overview);
    toast(message("damaged_forgotten"));
  };
  const retry = () => forget(button);
  void busily(button, work, (error) => placeError(byId("forget-error"), errorView(error), { retry }));
}
