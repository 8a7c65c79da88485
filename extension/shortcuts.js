/* The keyboard shortcuts that the manifest names. */
import { askFrom } from "./asking.js";
import { handOver, showPanel } from "./handover.js";
import { about, issueAt } from "./menus.js";

/**
 * @param {string} command
 * @param {chrome.tabs.Tab | undefined} tab the current one; its address is there because the shortcut is a call of ours in it
 */
export async function press(command, tab) {
  if (command === "open_panel") return void (await showPanel(tab?.windowId));
  if (command === "ask_about_this") return handOver(showPanel(tab?.windowId), addressOf(tab).then(askAbout));
  if (command === "refresh_all") {
    // The popup shows what is under way. Where it cannot be opened, the badge says how it ended.
    chrome.action.openPopup?.().catch(() => {});
    await askFrom("shortcut", "refresh_all", {});
  }
}

/** @param {chrome.tabs.Tab | undefined} tab @returns {Promise<string | undefined>} */
async function addressOf(tab) {
  if (tab?.url) return tab.url;
  const [current] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  return current?.url;
}

/** @param {string | undefined} url */
async function askAbout(url) {
  return about(await issueAt(url, "shortcut"));
}
