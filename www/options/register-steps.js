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
  place.replaceChildren(...(STEPS[kind] ?? STEPS.other)());
}

/** @type {Record<string, () => Node[]>} */
const STEPS = {
  broker: () =>
    list(message("steps_broker"), message("steps_broker_1"), message("steps_broker_2"), message("steps_broker_3")),
  api_token: () =>
    list(
      message("steps_api_token"),
      linked(message("steps_api_token_1"), API_TOKENS, "id.atlassian.com"),
      scoped(message("steps_api_token_2"), TOKEN_SCOPES),
      message("steps_api_token_3"),
    ),
  personal_access_token: () =>
    list(message("steps_pat"), message("steps_pat_1"), message("steps_pat_2"), message("steps_pat_3")),
  client_credentials: () =>
    list(message("steps_machine"), message("steps_machine_1"), message("steps_machine_2"), message("steps_machine_3")),
  microsoft_entra: () => entra(message("steps_entra_native"), message("steps_entra_4")),
  single_page: () => entra(message("steps_entra_single"), message("steps_entra_day")),
  jira_cloud: () =>
    list(
      message("steps_cloud"),
      linked(message("steps_cloud_1"), CONSOLE, "developer.atlassian.com/console"),
      scoped(message("steps_cloud_2"), CLOUD_SCOPES),
      message("steps_cloud_3"),
      message("steps_cloud_4"),
    ),
  jira_data_center: () =>
    list(
      message("steps_data_center"),
      message("steps_data_center_1"),
      message("steps_data_center_2"),
      message("steps_data_center_3"),
      message("steps_data_center_4"),
    ),
  other: () =>
    list(message("steps_other"), message("steps_other_1"), message("steps_other_2"), message("steps_other_3")),
};

/** @param {string} redirect @param {string} last */
function entra(redirect, last) {
  const first = linked(message("steps_entra_1"), ENTRA, "entra.microsoft.com");
  return list(message("steps_entra"), first, redirect, message("steps_entra_3"), last);
}

/** @param {string} text @param {string} address @param {string} shown */
function linked(text, address, shown) {
  return h("span", {}, text, " ", webLink(address, {}, shown));
}

/** @param {string} text @param {string[]} scopes */
function scoped(text, scopes) {
  return h("div", {}, text, h("div", { class: "scopes" }, ...scopes.map((scope) => h("code", {}, scope))));
}

/** @param {string} title @param {...(Node | string)} items */
function list(title, ...items) {
  return [h("h3", {}, title), h("ol", {}, ...items.map((item) => h("li", {}, h("div", {}, item))))];
}
