/* A search with very many results, streamed: what it takes of memory, and how soon its first page is there. */
import { PAGES } from "../e2e/lib/browser.mjs";
import { EXTENSION_ID } from "../tools/tree.mjs";

/** @typedef {import("../e2e/lib/browser.mjs").Browser} Browser */
/** @typedef {import("../e2e/lib/simulator.mjs").Simulator} Simulator */

/** Rows to a page, as the client asks for them. */
const PAGE = 100;

/** As large as Jira's own rows. @param {number} number */
function issue(number) {
  const person = {
    accountId: "712020:0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9",
    displayName: "Nora Berg",
    avatarUrls: { "48x48": "https://avatar.example/48" },
  };
  return {
    id: String(10_000 + number),
    key: `MOB-${number}`,
    self: `https://api.atlassian.com/ex/jira/site/rest/api/3/issue/${10_000 + number}`,
    fields: {
      summary: `The timetable of the night ferry shows a departure that was taken out of service (${number})`,
      status: { id: "3", name: "In Progress", statusCategory: { id: 4, key: "indeterminate", name: "In Progress" } },
      issuetype: { id: "10004", name: "Bug", subtask: false },
      priority: { id: "2", name: "High" },
      assignee: person,
      updated: "2026-11-18T09:30:00.000+0000",
      duedate: "2026-11-30",
    },
  };
}

/**
 * Streams so many rows and watches the worker's memory meanwhile.
 * @param {Browser} browser
 * @param {Simulator} simulator
 * @param {number} rows
 * @returns {Promise<{ peak: number, first: number, all: number }>} bytes of heap and wasm together at most; milliseconds
 */
export async function longList(browser, simulator, rows) {
  const page = await browser.page(PAGES.panel);
  await page.waitForSelector("#examples button");
  // Whatever asks the site shows where it is; the answers below are for searches only.
  await page.evaluate(async () => {
    const { value } = await chrome.runtime.sendMessage({ command: "overview", args: { all: false } });
    await chrome.runtime.sendMessage({ command: "test_connection", args: { account: value.accounts[0].id } });
  });
  const site = (await simulator.log()).map(({ path }) => path.match(/^.*\/ex\/jira\/[^/]+/)?.[0]).find(Boolean);
  const issues = Array.from({ length: PAGE }, (_, at) => issue(at + 1));
  const path = `${site}/rest/api/3/search/jql`;
  const pages = rows / PAGE;
  for (let number = 1; number <= pages; number += 1) {
    // A page that leads back would be refused.
    const next = number < pages ? { nextPageToken: `page ${number + 1}`, isLast: false } : { isLast: true };
    await simulator.fault({ path, times: 1, status: 200, body: { issues, ...next } });
  }
  const target = await browser.puppeteer.waitForTarget(
    (each) => each.type() === "service_worker" && each.url().startsWith(`chrome-extension://${EXTENSION_ID}/`),
  );
  const session = await target.createCDPSession();
  let peak = 0;
  let going = true;
  const watching = (async () => {
    while (going) {
      const usage = /** @type {{ usedSize: number, backingStorageSize?: number, embedderHeapUsedSize?: number }} */ (
        await session.send("Runtime.getHeapUsage")
      );
      peak = Math.max(peak, usage.usedSize + (usage.backingStorageSize ?? 0) + (usage.embedderHeapUsedSize ?? 0));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const streaming = page.evaluate(async (wanted) => {
    const overview = await chrome.runtime.sendMessage({ command: "overview", args: { all: false } });
    const more = JSON.stringify({ jql: "project = MOB", cursor: { token: "first" } });
    const port = chrome.runtime.connect({ name: "page" });
    const start = performance.now();
    let first = 0;
    let count = 0;
    await new Promise((resolve, reject) => {
      port.onMessage.addListener((message) => {
        if (message.id !== "bench") return;
        if (message.item) {
          first ||= performance.now() - start;
          count += message.item.issues.length;
        }
        if (message.done) resolve(undefined);
        if (message.error) reject(new Error(message.error.message));
      });
      port.postMessage({
        id: "bench",
        command: "more",
        args: { account: overview.value.accounts[0].id, more, all: true },
      });
    });
    if (count !== wanted) throw new Error(`${count} rows came, not ${wanted}`);
    port.disconnect();
    return { first, all: performance.now() - start };
  }, rows);
  const times = await streaming.finally(() => {
    going = false;
    return watching;
  });
  await session.detach();
  await page.close();
  return { peak, ...times };
}
