/** Words and signs for what can happen to a token. */

/** @import {EventKind, FailureKind, Level} from "./contract.d.ts" */
/** @import {MessageKey} from "./extension.js" */
/** @import {IconName} from "./icons.js" */

/** @type {Record<EventKind, MessageKey>} */
export const EVENTS = {
  acquired: "event_acquired",
  refreshed: "event_refreshed",
  rotated: "event_rotated",
  refresh_failed: "event_refresh_failed",
  retry_scheduled: "event_retry_scheduled",
  expiring: "event_expiring",
  expired: "event_expired",
  reauth_required: "event_reauth_required",
  misconfigured: "event_misconfigured",
  silent_sign_in: "event_silent_sign_in",
  token_refused: "event_token_refused",
  revoked: "event_revoked",
  cleared: "event_cleared",
  skew_corrected: "event_skew_corrected",
  inactivity_near: "event_inactivity_near",
  vault_recovered: "event_vault_recovered",
  locked: "event_locked",
  unlocked: "event_unlocked",
  monitor_started: "event_monitor_started",
  monitor_stopped: "event_monitor_stopped",
};

/** @type {Record<FailureKind, MessageKey>} */
export const FAILURES = {
  network: "failure_network",
  timeout: "failure_timeout",
  busy: "failure_busy",
  server: "failure_server",
  unreadable: "failure_unreadable",
  dead_grant: "failure_dead_grant",
  misconfigured: "failure_misconfigured",
  nothing_to_renew_with: "failure_nothing_to_renew_with",
};

/** @type {Record<Level, { word: MessageKey, icon: IconName }>} */
export const LEVELS = {
  info: { word: "level_info", icon: "info" },
  warning: { word: "level_warning", icon: "warning" },
  error: { word: "level_error", icon: "error_circle" },
};
