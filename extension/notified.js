/* What a click on a notification leads to. */

/** Where one account is shown as a whole page. */
const DASHBOARD = "www/dashboard/dashboard.html";

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
    await chrome.tabs.create({ url: chrome.runtime.getURL(`${DASHBOARD}#account=${encodeURIComponent(id)}`) });
  }
}
