// What a click on a notification leads to.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** @type {any[]} */
let made = [];
const log =
  (name) =>
  async (...values) => {
    made.push([name, ...values]);
  };
const chrome = {
  notifications: { clear: log("clear") },
  action: /** @type {{ openPopup?: () => Promise<void> }} */ ({}),
  runtime: { getURL: (path) => `chrome-extension://x/${path}` },
  tabs: { create: log("tab") },
};
Object.assign(globalThis, { chrome });
const { showNotified } = await import("../../extension/notified.js");
beforeEach(() => {
  made = [];
});

test("the popup opens, and the notification goes away", async () => {
  chrome.action = { openPopup: log("popup") };
  await showNotified("a1");
  assert.deepEqual(made, [["clear", "a1"], ["popup"]]);
});

test("where no popup can be opened, the account's place on the dashboard does", async () => {
  const refuses = async () => {
    throw new Error("Could not find an active browser window.");
  };
  for (const action of [{}, { openPopup: refuses }]) {
    made = [];
    chrome.action = action;
    await showNotified("a/1");
    assert.deepEqual(made.at(-1), ["tab", { url: "chrome-extension://x/www/dashboard/dashboard.html#account=a%2F1" }]);
  }
});
