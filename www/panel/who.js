/** For whom the chat speaks: the account and its site, or a choice when there are several of either. */

import { PersonAvatar } from "../elements/person-avatar.js";
import { h } from "../lib/dom.js";
import { message } from "../lib/extension.js";

/** @import {AccountView} from "../lib/contract.d.ts" */
/** @typedef {{ account: string, site: string | null, label: string, chosen: boolean }} Choice */

/** @param {HTMLElement} place @param {AccountView | null} account @param {AccountView[]} all */
export function showWho(place, account, all) {
  const choices = all.flatMap((each) => choicesOf(each, account, all.length > 1));
  const state = JSON.stringify([account?.id, account?.name, account?.avatar, choices]);
  if (place.dataset.state === state) return;
  place.dataset.state = state;
  if (!account)
    return place.replaceChildren(
      h("p.brand", h("img", { src: "../../extension/icons/48.png", alt: "" }), "Chat for Jira"),
    );
  const avatar = PersonAvatar.of(account.name, account.avatar, 28);
  place.replaceChildren(
    avatar,
    choices.length > 1
      ? selection(choices)
      : h(
          "div.who-text",
          h("p.ellipsis", h("strong", { dir: "auto" }, account.name)),
          account.site ? h("p.caption.muted.ellipsis@site", account.site.name) : "",
        ),
  );
}

/** @param {AccountView} each @param {AccountView | null} current @param {boolean} named @returns {Choice[]} */
function choicesOf(each, current, named) {
  const label = (/** @type {string | undefined} */ site) =>
    site === undefined ? each.name : named ? `${each.name} – ${site}` : site;
  if (each.sites.length < 2)
    return [{ account: each.id, site: null, label: label(each.site?.name), chosen: each.id === current?.id }];
  return each.sites.map(({ id, name }) => ({
    account: each.id,
    site: id,
    label: label(name),
    chosen: each.id === current?.id && id === each.site?.id,
  }));
}

/** @param {Choice[]} choices */
function selection(choices) {
  return h(
    "select.select@account",
    { id: "account", "aria-label": message("account") },
    ...choices.map(({ account, site, label, chosen }) =>
      h("option", { value: JSON.stringify([account, site]), selected: chosen }, label),
    ),
  );
}

/** What was chosen. @param {HTMLSelectElement} select @returns {{ account: string, site: string | null }} */
export function choiceIn(select) {
  const [account, site] = JSON.parse(select.value);
  return { account, site };
}
