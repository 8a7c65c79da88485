/** How to register this extension where the person's Jira lives, step by step. */

import { h, webLink } from "../lib/dom.js";
import { message } from "../lib/extension.js";

/** @import {ConnectForm} from "../lib/contract.d.ts" */

const CONSOLE = "https://developer.atlassian.com/console/myapps/";
const API_TOKENS = "https://id.atlassian.com/manage-profile/security/api-tokens";
const ENTRA = "https://entra.microsoft.com/";
const TOKEN_SCOPES = ["read:jira-work", "read:jira-user"];
const CLOUD_SCOPES = ["read:jira-work", "read:jira-user", "read:me", "offline_access"];

/** Clients whose steps differ from those of their server. @type {ConnectForm["client"][]} */
const OF_THEIR_OWN = ["broker", "api_token", "personal_access_token", "client_credentials"];

/** @param {HTMLElement} place @param {ConnectForm} form */
export function showSteps(place, { provider, client }) {
  const single = provider === "microsoft_entra" && client === "single_page";
  const kind = OF_THEIR_OWN.includes(client) ? client : single ? "single_page" : provider;
  if (place.dataset.kind === kind) return;
  place.dataset.kind = kind;
  place.replaceChildren(...steps(kind));
}

/** @param {ConnectForm["client"] | ConnectForm["provider"]} kind */
function steps(kind) {
  switch (kind) {
    case "broker":
      return list(
        message("steps_broker"),
        message("steps_broker_1"),
        message("steps_broker_2"),
        message("steps_broker_3"),
      );
    case "api_token":
      return list(
        message("steps_api_token"),
        h("span", {}, message("steps_api_token_1"), " ", webLink(API_TOKENS, {}, "id.atlassian.com")),
        h(
          "div",
          {},
          message("steps_api_token_2"),
          h("div", { class: "scopes" }, ...TOKEN_SCOPES.map((scope) => h("code", {}, scope))),
        ),
        message("steps_api_token_3"),
      );
    case "personal_access_token":
      return list(message("steps_pat"), message("steps_pat_1"), message("steps_pat_2"), message("steps_pat_3"));
    case "client_credentials":
      return list(
        message("steps_machine"),
        message("steps_machine_1"),
        message("steps_machine_2"),
        message("steps_machine_3"),
      );
    case "microsoft_entra":
    case "single_page":
      return list(
        message("steps_entra"),
        h("span", {}, message("steps_entra_1"), " ", webLink(ENTRA, {}, "entra.microsoft.com")),
        message(kind === "single_page" ? "steps_entra_single" : "steps_entra_native"),
        message("steps_entra_3"),
        message(kind === "single_page" ? "steps_entra_day" : "steps_entra_4"),
      );
    case "jira_cloud":
      return list(
        message("steps_cloud"),
        h("span", {}, message("steps_cloud_1"), " ", webLink(CONSOLE, {}, "developer.atlassian.com/console")),
        h(
          "div",
          {},
          message("steps_cloud_2"),
          h("div", { class: "scopes" }, ...CLOUD_SCOPES.map((scope) => h("code", {}, scope))),
        ),
        message("steps_cloud_3"),
        message("steps_cloud_4"),
      );
    case "jira_data_center":
      return list(
        message("steps_data_center"),
        message("steps_data_center_1"),
        message("steps_data_center_2"),
        message("steps_data_center_3"),
        message("steps_data_center_4"),
      );
    default:
      return list(message("steps_other"), message("steps_other_1"), message("steps_other_2"), message("steps_other_3"));
  }
}

/** @param {string} title @param {...(Node | string)} items */
function list(title, ...items) {
  return [h("h3", {}, title), h("ol", {}, ...items.map((item) => h("li", {}, h("div", {}, item))))];
}
