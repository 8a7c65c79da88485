/* The service worker. Every listener is added in the first turn, or the browser would not call it. */
import { use } from "./backend.js";
import { choose, makeMenus } from "./menus.js";
import { pressed, showNotified } from "./notified.js";
import * as omnibox from "./omnibox.js";
import { connect } from "./ports.js";
import { answer } from "./router.js";
import { press } from "./shortcuts.js";

/** After the first answer: what a start has to look after must not slow it down. */
const SETTLED = 250;

/**
 * Work nobody waits for. What fails is written down by the backend, or tried again at the next occasion.
 * @param {Parameters<typeof use>[0]} work
 */
function run(work) {
  use(work).catch((error) => console.warn("Chat for Jira:", error));
}

/** @param {Promise<unknown>} work whose failure the person sees by what does not happen, and we in the console */
function done(work) {
  work.catch((error) => console.warn("Chat for Jira:", error));
}

chrome.runtime.onMessage.addListener(answer);
chrome.runtime.onConnect.addListener(connect);
chrome.storage.managed.onChanged.addListener(() => run((backend) => backend.look_again()));
chrome.alarms.onAlarm.addListener(() => run((backend) => backend.alarm()));
chrome.runtime.onStartup.addListener(() => {
  makeMenus(); // the language may be another
  run((backend) => backend.startup());
});
chrome.runtime.onInstalled.addListener(({ reason }) => {
  makeMenus();
  run((backend) => backend.installed());
  if (reason === chrome.runtime.OnInstalledReason.INSTALL) chrome.runtime.openOptionsPage();
});
chrome.notifications.onClicked.addListener((id) => void showNotified(id));
chrome.notifications.onButtonClicked.addListener((id, button) => void pressed(id, button));
chrome.omnibox.onInputStarted.addListener(omnibox.begin);
chrome.omnibox.onInputChanged.addListener((text, suggest) => void omnibox.change(text, suggest));
chrome.omnibox.onInputEntered.addListener((text, disposition) => done(omnibox.enter(text, disposition)));
chrome.contextMenus.onClicked.addListener((info, tab) => done(choose(info, tab)));
chrome.commands.onCommand.addListener((command, tab) => done(press(command, tab)));

setTimeout(() => run((backend) => backend.woke()), SETTLED);
