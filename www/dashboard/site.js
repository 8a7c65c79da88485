/** The site of the chosen account: a link, or a choice of several. */

import { byId, webLink } from "../lib/dom.js";
import { message } from "../lib/extension.js";

/** @import {AccountView} from "../lib/contract.d.ts" */

/** One site is a link; several are a choice. @param {AccountView} account */
export function showSite({ site, sites }) {
  const [link, select] = [byId("account-site"), byId("sites", HTMLSelectElement)];
  select.hidden = sites.length < 2;
  link.hidden = !select.hidden || !site;
  const state = JSON.stringify([site, sites]);
  if (select.dataset.state === state) return; // an open choice is not pulled away
  select.dataset.state = state;
  link.replaceChildren(site ? webLink(site.url, { class: "site-link", title: site.url, dir: "auto" }, site.name) : "");
  select.replaceChildren(...sites.map(({ id, name }) => new Option(name, id, false, id === site?.id)));
  if (site) return;
  const none = new Option(message("choose_site"), "", true, true);
  none.disabled = true;
  select.prepend(none);
}
