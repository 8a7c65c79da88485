/** One account: who, where and how healthy; unfolded, also how long still and what can be done. Used by the popup and the options page. */

import { actions, h, setText, webLink } from "../lib/dom.js";
import { message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";
import { AccountDetails } from "./account-details.js";
import { HealthLozenge } from "./health-lozenge.js";
import { PersonAvatar } from "./person-avatar.js";

/** @import {AccountView} from "../lib/contract.d.ts" */

export class AccountCard extends HTMLElement {
  #ended = new AbortController();
  /** @type {AccountView | null} */
  #account = null;
  /** Built when first unfolded: of a thousand accounts few are looked into. @type {AccountDetails | null} */
  #details = null;
  #lozenge = new HealthLozenge();
  #avatar = PersonAvatar.of("", null, 40);
  #name = h("h2", { class: "account-name", dir: "auto" });
  #email = h("p", { class: "caption muted account-email" });
  #site = h("p", { class: "caption account-site" });
  #toggle = h(
    "button",
    {
      type: "button",
      class: "button subtle icon-only",
      "data-action": "toggle",
      "data-testid": "toggle",
      hidden: true,
      "aria-expanded": "false",
    },
    icon("chevron"),
  );
  #head = h(
    "div",
    { class: "account-head" },
    this.#avatar,
    h("div", { class: "account-who" }, this.#name, this.#email, this.#site),
    this.#toggle,
  );

  connectedCallback() {
    this.#ended = new AbortController();
    if (!this.#head.isConnected) this.prepend(this.#head);
    this.dataset.testid = "account-card";
    this.classList.add("card");
    actions(
      this,
      {
        toggle: () => this.#unfold(this.#details?.hidden !== false),
        rename: (button) => void this.#details?.rename(button),
      },
      this.#ended.signal,
    );
  }

  disconnectedCallback() {
    this.#ended.abort();
  }

  /** @param {AccountView} account */
  show(account) {
    this.#account = account;
    Object.assign(this.dataset, { account: account.id, health: account.health });
    this.#avatar.show(account.name, account.avatar);
    const { name, label, email } = account;
    const below = [label && label !== name ? name : null, email].filter(Boolean).join(" · ");
    setText(this.#name, label ?? name);
    setText(this.#email, below);
    this.#email.hidden = below === "";
    this.#toggle.setAttribute("aria-label", message("details_of", label ?? name));
    this.#showSite(account);
    if (this.#details) this.#details.show(account);
    else this.#lozenge.show(account.health);
  }

  /** Folded, only who, where and the health show. @param {boolean} foldable @param {boolean} open */
  fold(foldable, open) {
    this.dataset.foldable = String(foldable);
    this.#toggle.hidden = !foldable;
    this.#unfold(open || !foldable);
    if (foldable) this.#toggle.before(this.#lozenge);
    else this.#details?.facts.prepend(this.#lozenge);
  }

  /** Signs in again. The consent window is the worker's, so closing this page loses nothing. */
  signIn() {
    this.#unfold(true);
    return this.#details?.signIn();
  }

  /** Gets a token for an account whose token ended while nobody looked. */
  wake() {
    this.#build();
    return this.#details?.wake();
  }

  /** @param {boolean} open */
  #unfold(open) {
    if (open) this.#build();
    if (this.#details) this.#details.hidden = !open;
    this.#toggle.setAttribute("aria-expanded", String(open));
  }

  #build() {
    if (this.#details || !this.#account) return;
    this.#details = new AccountDetails(this.#account, this.#lozenge);
    this.#details.hidden = this.dataset.foldable === "true";
    this.#details.addEventListener("account-changed", (event) =>
      this.show(/** @type {CustomEvent<AccountView>} */ (event).detail),
    );
    this.append(this.#details);
    const title = h("div", { class: "account-title" }); // folded cards, of which there may be a thousand, do without
    this.#name.replaceWith(title);
    title.append(this.#name, renameButton());
  }

  /** One site is a link here; several are a choice inside. @param {AccountView} account */
  #showSite({ site, sites }) {
    this.#site.hidden = sites.length > 1 || !site;
    if (!site || this.#site.dataset.url === site.url) return;
    this.#site.dataset.url = site.url;
    this.#site.replaceChildren(webLink(site.url, { class: "site-link", title: site.url, dir: "auto" }, site.name));
  }
}

function renameButton() {
  const says = { "aria-label": message("rename"), title: message("rename") };
  const marks = { "data-action": "rename", "data-testid": "rename" };
  return h("button", { type: "button", class: "button subtle icon-only small", ...marks, ...says }, icon("edit", 16));
}

customElements.define("account-card", AccountCard);
