/** What the inside of an account card is made of. */

import { h } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";
import { CountdownRing } from "./countdown-ring.js";

/** @import {AccountView} from "../lib/contract.d.ts" */

/** Every part that changes has a name; `all` are the outer ones, in their order. */
export function detailParts() {
  const sites = h("select", { class: "select", "data-testid": "site", "aria-label": message("site") });
  const meaning = h("p", { class: "caption muted" });
  const ring = new CountdownRing();
  const countdown = h("p", { class: "countdown", "data-testid": "countdown" });
  const last = fact("last-refresh");
  const next = fact("next-refresh");
  const session = fact("session-end");
  const problem = h("div", { class: "account-problem" });
  const chat = button("chat", "open-chat", "primary", icon("chat"), message("open_chat"));
  const refresh = button("refresh", "refresh", "");
  const test = button("test", "test", "");
  const more = button("more", "more", "", icon("chart"), message("account_more"));
  const signIn = button("sign-in", "sign-in", "primary");
  const signOut = button("sign-out", "sign-out", "", icon("sign_out"), message("sign_out"));
  const actionRow = h("div", { class: "account-actions" }, signIn, chat, refresh, test, more, signOut);
  const { confirm, confirmButton } = confirmation();
  const times = h("dl", { class: "facts" }, last, next, session);
  const facts = h("div", { class: "account-facts" }, countdown, meaning, times);
  const state = h("div", { class: "account-state" }, ring, facts);
  /** Where forms and results stand that are loaded when they are asked for. */
  const extra = h("div", { class: "account-extra" });
  return {
    all: [sites, state, problem, actionRow, confirm, extra],
    facts,
    sites,
    meaning,
    ring,
    countdown,
    last,
    next,
    session,
    problem,
    chat,
    refresh,
    test,
    more,
    signIn,
    signOut,
    actionRow,
    confirm,
    confirmButton,
    extra,
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
