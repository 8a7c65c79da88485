/* The service worker. Every listener is added in the first turn, or the browser would not call it. */
import { use } from "./backend.js";
import { showNotified } from "./notified.js";
import { connect } from "./ports.js";
import { answer } from "./router.js";

/** After the first answer: what a start has to look after must not slow it down. */
const SETTLED = 250;

/**
 * Work nobody waits for. What fails is written down by the backend, or tried again at the next occasion.
 * @param {Parameters<typeof use>[0]} work
 */
function run(work) {
  use(work).catch((error) => console.warn("Chat for Jira:", error));
}

chrome.runtime.onMessage.addListener(answer);
chrome.runtime.onConnect.addListener(connect);
chrome.storage.managed.onChanged.addListener(() => run((backend) => backend.policy_changed()));
chrome.alarms.onAlarm.addListener(() => run((backend) => backend.alarm()));
chrome.runtime.onStartup.addListener(() => run((backend) => backend.startup()));
chrome.runtime.onInstalled.addListener(({ reason }) => {
  run((backend) => backend.installed());
  if (reason === chrome.runtime.OnInstalledReason.INSTALL) chrome.runtime.openOptionsPage();
});
chrome.notifications.onClicked.addListener((id) => void showNotified(id));

setTimeout(() => run((backend) => backend.woke()), SETTLED);
