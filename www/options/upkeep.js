/** What the administrator manages, and records that cannot be read any more. */

import { toast } from "../elements/toast-region.js";
import { actions, byId, h } from "../lib/dom.js";
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
  byId("policy-rules").replaceChildren(...rules.filter(Boolean).map((rule) => h("li", {}, rule)));
  byId("policy-problems-title").hidden = problems.length === 0;
  byId("policy-problems").replaceChildren(...problems.map((problem) => h("li", {}, problem)));
  byId("passphrase-required").hidden = !require_passphrase;
}

export class Damaged {
  #take;

  /** @param {{ take: (overview: Overview) => void, signal: AbortSignal }} options */
  constructor({ take, signal }) {
    this.#take = take;
    const tasks = {
      forget: () => this.#ask(true),
      "forget-cancel": () => this.#ask(false),
      "forget-confirm": () => void this.#forget(),
    };
    actions(byId("damaged"), tasks, signal);
  }

  /** @param {Overview} overview */
  show({ problem }) {
    const damaged = problem?.code === "vault_unreadable";
    byId("damaged").hidden = !damaged;
  }

  /** @param {boolean} asking */
  #ask(asking) {
    byId("forget-ask").hidden = !asking;
    byId("forget").hidden = asking;
    byId(asking ? "forget-yes" : "forget").focus();
  }

  async #forget() {
    try {
      const overview = await call("forget_damaged", {});
      this.#ask(false);
      this.#take(overview);
      toast(message("damaged_forgotten"));
    } catch (error) {
      placeError(byId("forget-error"), errorView(error), { retry: () => void this.#forget() });
    }
  }
}
