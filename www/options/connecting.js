/** Connecting as the person sees it: the steps while it goes on, and what comes after. */

import { PersonAvatar } from "../elements/person-avatar.js";
import { toast } from "../elements/toast-region.js";
import { h } from "../lib/dom.js";
import { call, message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";

/** @import {AccountView, ConnectProgress} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */

/** @type {Record<ConnectProgress["step"], MessageKey>} */
const STEPS = { preparing: "step_preparing", consent: "step_consent", exchanging: "step_exchanging", reading_sites: "step_reading_sites" };
const ORDER = /** @type {ConnectProgress["step"][]} */ (Object.keys(STEPS));

/** @param {HTMLElement} list @param {ConnectProgress["step"] | null} step `null` hides it. */
export function showProgress(list, step) {
  list.hidden = step === null;
  if (step === null) return list.replaceChildren();
  const at = ORDER.indexOf(step);
  list.replaceChildren(...ORDER.map((name, index) => {
    const state = index < at ? "done" : index === at ? "current" : "waiting";
    const sign = state === "done" ? icon("checkmark") : h("span", { class: state === "current" ? "spinner" : "dot", "aria-hidden": "true" });
    return h("li", { "data-step": name, "data-step-state": state, "aria-current": state === "current" ? "step" : null }, sign, message(STEPS[name]));
  }));
}

/**
 * Says who is connected, lets them choose the site when there are several, and leads on to the chat.
 * @param {HTMLElement} place
 * @param {AccountView} account
 * @param {AbortSignal} signal
 */
export function showConnected(place, account, signal) {
  const head = h("div", { class: "success-head" }, PersonAvatar.of(account.name, account.avatar, 56),
    h("div", {}, h("h2", { id: "success-title" }, message("connected_as", account.name)),
      h("p", { class: "muted" }, account.sites.length === 1 ? account.sites[0].name : account.email ?? "")), icon("check_circle", 28));
  const next = h("div", { class: "success-actions" },
    account.can_chat ? h("button", { type: "button", class: "button primary large", "data-action": "chat", "data-account": account.id, "data-testid": "open-chat" }, icon("chat"), message("try_chat")) : "",
    h("button", { type: "button", class: "button large", "data-action": "finish", "data-testid": "finish" }, message("done")));
  place.replaceChildren(head, account.sites.length > 1 ? siteChoice(account, signal) : "", next);
  place.hidden = false;
  place.focus();
}

/** @param {AccountView} account @param {AbortSignal} signal */
function siteChoice(account, signal) {
  const choice = h("fieldset", { class: "choices", "data-testid": "sites" }, h("legend", {}, message("choose_site_question")),
    ...account.sites.map(({ id, name, url }) => h("label", { class: "choice" },
      h("input", { type: "radio", name: "site", value: id, checked: id === account.site?.id }),
      h("span", { class: "choice-text" }, h("strong", {}, name), h("small", {}, url)))));
  choice.addEventListener("change", async (event) => {
    const site = /** @type {HTMLInputElement} */ (event.target).value;
    const chosen = await call("choose_site", { account: account.id, site }).catch((error) => void toast(error.message));
    if (chosen?.site) toast(message("site_chosen", chosen.site.name));
  }, { signal });
  return choice;
}
