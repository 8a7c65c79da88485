// What the tests of pages share: one browser for a file, and short ways to look at a page.

import { after, before } from "node:test";
import { browserPath, launch, open, serve, settled } from "./harness.mjs";

export { settled };

/** Why the tests of a file are skipped, if they are. */
export const skip = browserPath() ? false : "no Chromium here; set BROWSER to its path";

/** One browser for all tests of the file that calls this. */
export function inBrowser() {
  /** @type {{ server: Awaited<ReturnType<typeof serve>>, browser: import("puppeteer-core").Browser }} */
  let world;
  before(async () => {
    if (!skip) world = { server: await serve(), browser: await launch() };
  });
  after(async () => {
    await world?.browser.close();
    await world?.server.close();
  });
  /** @param {"popup" | "panel" | "options" | "dashboard"} name @param {import("./harness.mjs").Setting} setting */
  return (name, setting) => open(world.browser, world.server.origin, name, setting);
}

export const text = (page, id) => page.$eval(`[data-testid=${id}]`, (element) => element.innerText);
export const all = (page, id) =>
  page.$$eval(`[data-testid=${id}]`, (elements) => elements.map((element) => element.innerText));
export const hidden = (page, id) => page.$eval(`[data-testid=${id}]`, (element) => !element.checkVisibility());
/** The arguments of each time a command was sent, over a message or a port. */
export const sent = async (calls, command) =>
  (await calls()).filter(([, message]) => message?.command === command).map(([, message]) => message.args);
/** Pushes an event, as the backend does. */
export const push = (page, event) => page.evaluate((given) => /** @type {any} */ (window).__event(given), event);
/** Changes what a command answers from now on. */
export const answer = (page, command, value) =>
  page.evaluate((name, given) => /** @type {any} */ (window).__answer(name, given), command, value);
/** The test id of what has the focus. */
export const focus = (page) =>
  page.evaluate(() => /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.testid);
