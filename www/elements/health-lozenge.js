/** The health of an account: an icon and a word, never a colour alone. */

import { message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";

/** @import {Health} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */
/** @import {IconName} from "../lib/icons.js" */
/** @typedef {"success" | "warning" | "danger" | "brand" | "neutral"} Tone */

/** @type {Record<Health, { word: MessageKey, meaning: MessageKey, icon: IconName, tone: Tone }>} */
export const HEALTH = {
  fresh: { word: "health_fresh", meaning: "health_fresh_meaning", icon: "check_circle", tone: "success" },
  expiring: { word: "health_expiring", meaning: "health_expiring_meaning", icon: "clock", tone: "warning" },
  refreshing: { word: "health_refreshing", meaning: "health_refreshing_meaning", icon: "refresh", tone: "brand" },
  retrying: { word: "health_retrying", meaning: "health_retrying_meaning", icon: "refresh", tone: "warning" },
  expired: { word: "health_expired", meaning: "health_expired_meaning", icon: "error_circle", tone: "danger" },
  reauth_required: { word: "health_reauth_required", meaning: "health_reauth_required_meaning", icon: "sign_in", tone: "danger" },
  misconfigured: { word: "health_misconfigured", meaning: "health_misconfigured_meaning", icon: "settings", tone: "danger" },
  locked: { word: "health_locked", meaning: "health_locked_meaning", icon: "lock", tone: "neutral" },
  no_expiry: { word: "health_no_expiry", meaning: "health_no_expiry_meaning", icon: "infinity", tone: "success" },
  signed_out: { word: "health_signed_out", meaning: "health_signed_out_meaning", icon: "sign_out", tone: "neutral" },
};

export class HealthLozenge extends HTMLElement {
  /** @param {Health} health */
  show(health) {
    if (this.dataset.health === health) return;
    const { word, icon: name, tone } = HEALTH[health];
    this.className = "lozenge";
    Object.assign(this.dataset, { health, tone, testid: "health" });
    this.replaceChildren(icon(name, 16), message(word));
  }
}

customElements.define("health-lozenge", HealthLozenge);
