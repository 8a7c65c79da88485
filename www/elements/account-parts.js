/** What the inside of an account card is made of. */

import { h } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";
import { CountdownRing } from "./account-times.js";

/** @import {AccountView} from "../lib/contract.d.ts" */

/** Every part that changes has a name; `all` are the outer ones, in their order. */
export function detailParts() {
  const sites = h("select", { class: "select", "data-testid": "site", "aria-label": message("site") });
  const problem = h("div", { class: "account-problem" });
  const [times, buttons, { confirm, confirmButton }] = [timeParts(), buttonParts(), confirmation()];
  const state = h("div", { class: "account-state" }, times.ring, times.facts);
  const actionRow = h("div", { class: "account-actions" }, ...Object.values(buttons));
  /** Where forms and results stand that are loaded when they are asked for. */
  const extra = h("div", { class: "account-extra" });
  const all = [sites, state, problem, actionRow, confirm, extra];
  return { all, sites, problem, actionRow, confirm, confirmButton, extra, ...times, ...buttons };
}

function timeParts() {
  const ring = new CountdownRing();
  const countdown = h("p", { class: "countdown", "data-testid": "countdown" });
  const meaning = h("p", { class: "caption muted" });
  const [last, next, session] = [fact("last-refresh"), fact("next-refresh"), fact("session-end")];
  const list = h("dl", { class: "facts" }, last, next, session);
  const facts = h("div", { class: "account-facts" }, countdown, meaning, list);
  return { ring, countdown, meaning, last, next, session, facts };
}

/** In the order they stand in. */
function buttonParts() {
  return {
    signIn: button("sign-in", "sign-in", "primary"),
    chat: button("chat", "open-chat", "primary", icon("chat"), message("open_chat")),
    refresh: button("refresh", "refresh", ""),
    test: button("test", "test", ""),
    more: button("more", "more", "", icon("chart"), message("account_more")),
    signOut: button("sign-out", "sign-out", "", icon("sign_out"), message("sign_out")),
  };
}

/** The choice of a site, where there is one. @param {HTMLSelectElement} select @param {AccountView} account */
export function showSites(select, { site, sites }) {
  select.hidden = sites.length < 2;
  const state = JSON.stringify([site?.id, sites]);
  if (select.hidden || select.dataset.state === state) return; // an open choice is not pulled away
  select.dataset.state = state;
  select.replaceChildren(
    ...sites.map((each) => h("option", { value: each.id, selected: each.id === site?.id }, each.name)),
  );
  if (!site) select.prepend(h("option", { value: "", selected: true, disabled: true }, message("choose_site")));
}

/** Signing out is asked once more, and said what it does. */
function confirmation() {
  const confirmButton = button("sign-out-confirm", "sign-out-confirm", "danger", message("sign_out"));
  const confirm = h(
    "div",
    { class: "account-confirm", role: "group", "aria-label": message("sign_out"), hidden: true },
    h("p", {}, message("sign_out_question")),
    h(
      "div",
      { class: "account-actions" },
      confirmButton,
      button("sign-out-cancel", "sign-out-cancel", "", message("cancel")),
    ),
  );
  return { confirm, confirmButton };
}

/** @param {string} testid */
function fact(testid) {
  return h("div", { "data-testid": testid, hidden: true }, h("dt"), h("dd"));
}

/** @param {string} action @param {string} testid @param {string} look @param {...(Node | string)} content */
function button(action, testid, look, ...content) {
  return h(
    "button",
    { type: "button", class: `button ${look}`, "data-action": action, "data-testid": testid },
    ...content,
  );
}
