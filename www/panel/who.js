/** For whom the chat speaks: the account and its site, or a choice between several. */

import { PersonAvatar } from "../elements/person-avatar.js";
import { h } from "../lib/dom.js";
import { message } from "../lib/extension.js";

/** @import {AccountView} from "../lib/contract.d.ts" */

/** @param {HTMLElement} place @param {AccountView | null} account @param {AccountView[]} all */
export function showWho(place, account, all) {
  const state = JSON.stringify([account?.id, all.map((each) => [each.id, each.name, each.site?.name])]);
  if (place.dataset.state === state) return;
  place.dataset.state = state;
  if (!account) return place.replaceChildren(h("p", { class: "brand" }, h("img", { src: "../../extension/icons/48.png", alt: "" }), "Chat for Jira"));
  const avatar = PersonAvatar.of(account.name, account.avatar, 28);
  if (all.length === 1) {
    return place.replaceChildren(avatar, h("div", { class: "who-text" }, h("p", {}, h("strong", { dir: "auto" }, account.name)), account.site ? h("p", { class: "caption muted", "data-testid": "site" }, account.site.name) : ""));
  }
  const select = h("select", { class: "select", id: "account", "data-testid": "account", "aria-label": message("account") },
    ...all.map((each) => h("option", { value: each.id, selected: each.id === account.id }, each.site ? `${each.name} – ${each.site.name}` : each.name)));
  place.replaceChildren(avatar, select);
}
