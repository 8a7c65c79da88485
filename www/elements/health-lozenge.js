/** The health of an account: an icon and a word, never a colour alone. */

import { message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";

/** @import {Health} from "../lib/contract.d.ts" */
/** @import {IconName} from "../lib/icons.js" */
/** @typedef {"success" | "warning" | "danger" | "brand" | "neutral"} Tone */

/** @type {Record<Health, [IconName, Tone]>} */
const SIGNS = {
  fresh: ["check_circle", "success"],
  expiring: ["clock", "warning"],
  refreshing: ["refresh", "brand"],
  retrying: ["refresh", "warning"],
  expired: ["error_circle", "danger"],
  reauth_required: ["sign_in", "danger"],
  misconfigured: ["settings", "danger"],
  locked: ["lock", "neutral"],
  no_expiry: ["infinity", "success"],
  signed_out: ["sign_out", "neutral"],
};

export class HealthLozenge extends HTMLElement {
  /** @param {Health} health */
  show(health) {
    if (this.dataset.health === health) return;
    const [name, tone] = SIGNS[health];
    this.className = "lozenge";
    Object.assign(this.dataset, { health, tone });
    this.replaceChildren(icon(name, 16), message(`health_${health}`));
  }
}

customElements.define("health-lozenge", HealthLozenge);
