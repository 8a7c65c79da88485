/* Nobody but our own pages is answered. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { EXTENSION_ID, PLACES, ROOT } from "../tools/tree.mjs";
import { PAGES } from "./lib/browser.mjs";
import { connect, overview } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { CLIENTS } from "./lib/simulator.mjs";

const FOREIGN = join(ROOT, "tests", "e2e", "foreign-extension");

scenario(
  "another extension gets no answer and no port",
  { browser: { folders: [PLACES.demo, FOREIGN] } },
  async ({ simulator, browser }) => {
    const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
    const target = await browser.puppeteer.waitForTarget(
      (each) => each.url().endsWith("/worker.js") && !each.url().includes(EXTENSION_ID),
    );
    const page = await browser.puppeteer.newPage();
    await page.goto(new URL("page.html", target.url()).href);
    const attempts = await page.evaluate(async (id) => {
      const sent = await chrome.runtime.sendMessage(id, { command: "overview", args: {} }).then(
        (answer) => `answered ${JSON.stringify(answer)}`,
        () => "refused",
      );
      const port = await new Promise((resolve) => {
        const opened = chrome.runtime.connect(id);
        opened.onMessage.addListener((message) => resolve(`heard ${JSON.stringify(message)}`));
        opened.onDisconnect.addListener(() => resolve("refused"));
        opened.postMessage({ id: "1", command: "ask", args: { account: "", text: "my open issues" } });
        setTimeout(() => resolve("silence"), 1500);
      });
      return { sent, port };
    }, EXTENSION_ID);
    assert.deepEqual(attempts, { sent: "refused", port: "refused" });
    assert.equal((await overview(options)).accounts.length, 1);
  },
);

scenario("a web page cannot speak to the extension or show its pages", {}, async ({ simulator, browser }) => {
  const page = await browser.puppeteer.newPage();
  await page.goto(`${simulator.base}/_control/clock`);
  assert.equal(await page.evaluate(() => typeof globalThis.chrome?.runtime?.sendMessage), "undefined");
  const framed = await page.evaluate(async (address) => {
    const frame = document.createElement("iframe");
    frame.src = address;
    document.body.append(frame);
    await new Promise((resolve) => setTimeout(resolve, 700));
    try {
      return frame.contentDocument === null ? "another origin" : frame.contentDocument.URL;
    } catch {
      return "another origin";
    }
  }, `chrome-extension://${EXTENSION_ID}/${PAGES.popup}`);
  assert.ok(!framed.includes(EXTENSION_ID), framed);
  const frames = page.frames().map((frame) => frame.url());
  assert.ok(!frames.some((url) => url.includes(PAGES.popup)), `blocked, not shown: ${frames}`);
});
