/*
 * What only a person's hand can do: typing in the address bar, a shortcut, the side panel that opens after one, the browser's own question
 * for a permission. For that there has to be a screen and a keyboard: Xvfb, openbox and xdotool. Where they are missing this is skipped.
 */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { after, before } from "node:test";
import { PAGES, whereIs } from "./lib/browser.mjs";
import { answer, complaint, connect, fill, testid } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { CLIENTS } from "./lib/simulator.mjs";
import { pause, until } from "./lib/until.mjs";

const NEEDED = ["Xvfb", "openbox", "xdotool"];
const missing = NEEDED.filter((name) => !whereIs(name));
const skip = missing.length > 0 && `not here: ${missing.join(", ")} (packages xvfb, openbox, xdotool)`;
const browser = { headless: false, args: ["--window-size=1200,900", "--window-position=0,0"] };

/** @type {import("node:child_process").ChildProcess[]} */
const running = [];
before(async () => {
  if (skip) return;
  const screen = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x960x24"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  running.push(screen);
  const number = await new Promise((resolve) => screen.stdout?.once("data", (data) => resolve(String(data).trim())));
  process.env.DISPLAY = `:${number}`;
  running.push(spawn("openbox", { stdio: "ignore" }));
});
after(() => {
  for (const each of running.reverse()) each.kill();
});

/** @param {...string} keys */
const press = (...keys) => void execFileSync("xdotool", ["key", "--clearmodifiers", ...keys]);
/** @param {string} text */
const type = (text) => void execFileSync("xdotool", ["type", "--delay", "60", text]);

scenario(
  "who types a key after the keyword opens the issue, and a shortcut opens the side panel",
  { browser, skip },
  async (stage) => {
    await connect(stage.browser, stage.simulator, { ...CLIENTS.cloud, simulator: stage.simulator.base });
    const page = await stage.browser.puppeteer.newPage();
    await page.bringToFront();
    await until("the keyboard leads to the window", async () => {
      press("ctrl+l");
      return page.evaluate(() => !document.hasFocus());
    });
    type("jira");
    press("Tab");
    await pause(500); // the browser tells the worker that somebody begins
    type("mob-128");
    await pause(500);
    press("Return");
    await until("the issue's page is open", async () => page.url().endsWith("/browse/MOB-128"));

    press("alt+shift+k");
    const target = await stage.browser.puppeteer.waitForTarget((each) => each.url().endsWith(PAGES.panel));
    const panel = await target.asPage();
    await panel.waitForFunction(() => document.activeElement?.matches("[data-testid=composer]"));
    const [context] = await panel.evaluate(() => chrome.runtime.getContexts({ contextTypes: ["SIDE_PANEL"] }));
    assert.match(context?.documentUrl ?? "", /\/panel\.html$/u, "it is the side panel, and no tab");
    type("my open issues");
    press("Return");
    const { keys, jql } = await answer(panel);
    assert.ok(keys.length > 0);
    assert.match(jql ?? "", /currentUser\(\)/u);
  },
);

scenario(
  "a host is asked for in the browser's own words, and a no is taken as one",
  { browser, skip },
  async (stage) => {
    const options = await stage.browser.page(PAGES.options);
    await options.bringToFront();
    await fill(options, { ...CLIENTS.dataCenter, base_url: "https://jira.example.org" });
    const granted = () =>
      options.evaluate(() => chrome.permissions.contains({ origins: ["https://jira.example.org/*"] }));
    const submit = async () => {
      await until("the form was checked", () => options.$eval("#connect-form", (form) => form.checkVisibility()));
      await pause(1_000);
      await options.focus(testid("connect-submit"));
      press("Return");
      await until("the browser asks", () => options.evaluate(() => !document.hasFocus()));
      await pause(1_000); // its buttons take no key at once, lest somebody presses them by chance
    };
    await submit();
    press("Return"); // of the two, No has the focus
    assert.equal((await complaint(options)).code, "permission_needed");
    assert.equal(await granted(), false);

    await submit();
    press("Tab");
    press("Return");
    await until("the host is granted", granted);
    const { code } = await complaint(options);
    assert.notEqual(code, "permission_needed", "it goes on, to a server that is not there");
  },
);
