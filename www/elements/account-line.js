/** An account on two lines: who, where, and how healthy. */

import { h, setText } from "../lib/dom.js";
import { HealthLozenge } from "./health-lozenge.js";
import { PersonAvatar } from "./person-avatar.js";

/** @import {AccountView} from "../lib/contract.d.ts" */

export class AccountLine {
  #avatar = PersonAvatar.of("", null, 32);
  #name = h("bdi.row-name.ellipsis");
  #where = h("bdi.row-where.caption.ellipsis");
  #lozenge = new HealthLozenge();
  element;

  /** @param {"div" | "button"} tag @param {Record<string, string>} attributes */
  constructor(tag, attributes) {
    const text = h("span.row-text", this.#name, this.#where);
    this.element = h(
      tag,
      { class: "row", "data-testid": "account-row", ...attributes },
      this.#avatar,
      text,
      this.#lozenge,
    );
  }

  /** @param {AccountView} account */
  show({ id, name, label, avatar, site, email, health }) {
    this.element.dataset.account = id;
    this.#avatar.show(name, avatar);
    setText(this.#name, label ?? name);
    setText(this.#where, site?.name ?? email ?? "");
    this.#lozenge.show(health);
  }
}
