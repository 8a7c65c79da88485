/** How to register this extension where the person's Jira lives, step by step. */

import { h, webLink } from "../lib/dom.js";
import { message } from "../lib/extension.js";

/** @import {ConnectForm} from "../lib/contract.d.ts" */

const CONSOLE = "https://developer.atlassian.com/console/myapps/";
const CLOUD_SCOPES = ["read:jira-work", "read:jira-user", "read:me", "offline_access"];

/** @param {HTMLElement} place @param {ConnectForm} form */
export function showSteps(place, form) {
  const kind = form.client === "broker" ? "broker" : form.provider;
  if (place.dataset.kind === kind) return;
  place.dataset.kind = kind;
  place.replaceChildren(...steps(kind));
}

/** @param {"broker" | ConnectForm["provider"]} kind */
function steps(kind) {
  switch (kind) {
    case "broker":
      return list(
        message("steps_broker"),
        message("steps_broker_1"),
        message("steps_broker_2"),
        message("steps_broker_3"),
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
