/** Connecting as the person sees it: the steps while it goes on, and what comes after. */

import { connectionSteps } from "../elements/connection-steps.js";
import { PersonAvatar } from "../elements/person-avatar.js";
import { toast } from "../elements/toast-region.js";
import { byId, h, on } from "../lib/dom.js";
import { call, message } from "../lib/extension.js";

/** @import {AccountView, ConnectProgress} from "../lib/contract.d.ts" */

/**
 * On the way from the install to the first answer: choose, sign in, ask.
 * @param {1 | 2 | 3} at
 */
export function showJourney(at) {
  mark(byId("journey").querySelectorAll("li"), at - 1);
}

/** @param {ConnectProgress["step"] | null} step `null` hides it. */
export function showProgress(step) {
  const list = byId("connect-progress");
  list.hidden = step === null;
  const steps = [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("li"))];
  mark(
    steps,
    steps.findIndex((each) => each.dataset.step === step),
  );
}

/** @param {Iterable<HTMLElement>} steps @param {number} at */
function mark(steps, at) {
  [...steps].forEach((step, index) => {
    step.dataset.stepState = index < at ? "done" : index === at ? "current" : "waiting";
    if (index === at) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  });
}

/** The newest account: its site can be chosen. */
on(byId("success-sites"), "change", "input", async (input) => {
  const { value: site } = /** @type {HTMLInputElement} */ (input);
  const account = byId("success").dataset.account ?? "";
  const chosen = await call("choose_site", { account, site }).catch((error) => void toast(error.message));
  if (chosen?.site) toast(message("site_chosen", chosen.site.name));
});

/** Says who is connected, lets them choose the site when there are several, shows that it works, and leads on to the chat. @param {AccountView} account */
export function showConnected(account) {
  const { id, name, avatar, sites, site, email, can_chat } = account;
  const place = byId("success");
  place.dataset.account = id;
  byId("success-avatar", PersonAvatar).show(name, avatar);
  byId("success-title").textContent = message("connected_as", name);
  byId("success-where").textContent = sites.length === 1 ? sites[0].name : (email ?? "");
  byId("success-sites").hidden = sites.length < 2;
  const choice = (/** @type {AccountView["sites"][0]} */ each) =>
    h(
      "label.choice",
      h("input", { type: "radio", name: "site", value: each.id, checked: each.id === site?.id }),
      h("span.choice-text", h("strong", each.name), h("small", each.url)),
    );
  byId("site-choices").replaceChildren(...sites.map(choice));
  byId("success-chat").hidden = byId("success-open").hidden = !can_chat;
  place.hidden = false;
  place.focus();
  showJourney(3);
  void test(id);
}

/** What was just connected is tried out at once. @param {string} account */
async function test(account) {
  const place = byId("success-test");
  place.hidden = true;
  const result = await call("test_connection", { account }).catch(() => null); // the dashboard can try again
  if (!result || byId("success").dataset.account !== account) return;
  connectionSteps(place, result, { retry: () => void test(account), signIn: () => {} });
  place.hidden = false;
}
