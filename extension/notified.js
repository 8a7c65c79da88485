/* What a click on a notification leads to. */
import { askFrom } from "./asking.js";

/** Where one account is shown as a whole page, and where one is signed in to. */
const DASHBOARD = "www/dashboard/dashboard.html";
const OPTIONS = "www/options/options.html";

/** @param {string} id the notification's, which is the account's */
const hash = (id) => `#account=${encodeURIComponent(id)}`;

/**
 * Shows the account a notification was about: in the popup, or where the browser cannot open that, in a tab.
 * @param {string} id the notification's, which is the account's
 */
export async function showNotified(id) {
  chrome.notifications.clear(id);
  try {
    await chrome.action.openPopup();
  } catch {
    // No window has the focus, or the browser is older than 127.
    await chrome.tabs.create({ url: chrome.runtime.getURL(`${DASHBOARD}${hash(id)}`) });
  }
}

/**
 * A button of a notification was pressed.
 * @param {string} id the notification's, which is the account's
 * @param {number} button 0: sign in again; 1: later. The adapter of notifications puts them there in this order.
 */
export async function pressed(id, button) {
  chrome.notifications.clear(id);
  if (button === 1) return void (await askFrom("notification", "remind_later", { account: id }));
  // The page asks for the permissions that a sign-in can need, and says how it went; the window opens by itself.
  await chrome.tabs.create({ url: chrome.runtime.getURL(`${OPTIONS}${hash(id)}&action=reconnect`) });
}
