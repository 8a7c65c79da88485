// The conversation by keyboard, what is copied, and very long lists.

import assert from "node:assert/strict";
import { test } from "node:test";
import { account, CARDS, ISSUES, issue, ok, overview, play } from "./fixtures.mjs";
import { ask } from "./states.mjs";
import { all, focus, inBrowser, sent, settled, skip, text } from "./visit.mjs";

const visit = inBrowser();
const one = { overview: ok(overview([account()])), jobs: ok({ unfinished: [], last: null }) };
const EXPORTED = { name: "issues.csv", media_type: "text/csv", text: "Key\nMOB-128\n", rows: 1, cut: false };

async function told(cards, what = null, streams = {}) {
  const visited = await visit("panel", {
    oneShot: one,
    streams: { ask: play(cards, null, what), ...streams },
    width: 480,
  });
  await visited.page.evaluate(() => {
    /** @type {any} */ (window).__copied = [];
    navigator.clipboard.writeText = async (copied) => void (/** @type {any} */ (window).__copied.push(copied));
  });
  await ask(visited.page);
  await visited.page.waitForSelector("#conversation[aria-busy=false] .answer > *");
  return { ...visited, copied: () => visited.page.evaluate(() => /** @type {any} */ (window).__copied) };
}

const key = async (page, ...keys) => {
  for (const each of keys) await page.keyboard.press(each);
  await settled();
};
const row = (page) =>
  page.evaluate(() => /** @type {HTMLElement | null} */ (document.activeElement?.closest("issue-row"))?.dataset.key);

test("Escape leads into the answer, j and k from issue to issue, / back", { skip }, async () => {
  const { page, close } = await told(CARDS.issues);
  await key(page, "Escape");
  assert.equal(await row(page), "MOB-128");
  await key(page, "j", "j");
  assert.equal(await row(page), "WEB-1204", "also into the next part of the list");
  await key(page, "ArrowDown", "j", "j");
  assert.equal(await row(page), "DATA-3", "the last stays the last");
  await key(page, "k", "ArrowUp", "k");
  assert.equal(await row(page), "MOB-128");
  await key(page, "/");
  assert.equal(await focus(page), "composer");
  assert.equal(await page.$eval("#question", (field) => field.value), "");
  await close();
});

test("of a list one row is reached with Tab", { skip }, async () => {
  const { page, close } = await told(CARDS.issues);
  const reached = () => page.$$eval("issue-row:has([tabindex='0'])", (rows) => rows.map((each) => each.dataset.key));
  assert.deepEqual(await reached(), ["MOB-128"]);
  await key(page, "Escape", "j");
  assert.deepEqual(await reached(), ["MOB-97"]);
  await key(page, "Tab");
  assert.equal(await row(page), undefined, "Tab leaves the list");
  await close();
});

test("Enter shows the issue, o opens it in Jira, c and m copy it", { skip }, async () => {
  const { page, calls, copied, close } = await told(CARDS.issues);
  await key(page, "Escape", "j");
  await page.evaluate(() => {
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element && event.target.closest("a");
      if (link) {
        event.preventDefault();
        /** @type {any} */ (window).__opened = link.href;
      }
    });
  });
  await key(page, "o", "c", "m");
  const url = "https://northwind.atlassian.net/browse/MOB-128";
  assert.equal(await page.evaluate(() => /** @type {any} */ (window).__opened), url);
  assert.deepEqual(await copied(), [url, `[MOB-97: Offer dark mode on tablets](${url})`]);
  await key(page, "Enter");
  assert.equal((await sent(calls, "ask"))[1].text, "MOB-97");
  await close();
});

test("letters are keys only in the conversation: in the composer they are letters", { skip }, async () => {
  const { page, calls, copied, close } = await told(CARDS.issues);
  await page.focus("#question");
  await page.keyboard.type("jkoc/?");
  assert.equal(await page.$eval("#question", (field) => field.value), "jkoc/?");
  assert.deepEqual(await copied(), []);
  assert.equal((await sent(calls, "ask")).length, 1);
  await close();
});

test("? lists the keys and commands in a dialog that gives the focus back", { skip }, async () => {
  const { page, close } = await told(CARDS.issues);
  await key(page, "Escape", "j", "?");
  assert.match(await text(page, "shortcuts"), /j \/ k\s+Next or previous issue/u);
  assert.match(await text(page, "shortcuts"), /\/standup/u);
  await key(page, "Escape");
  assert.equal(await page.$("[data-testid=shortcuts]"), null);
  assert.equal(await row(page), "MOB-97");
  await key(page, "/", "?");
  assert.ok(await page.$("[data-testid=shortcuts]"), "also from the empty composer");
  await key(page, "Enter");
  assert.equal(await focus(page), "composer");
  await close();
});

test("e edits the JQL of the answer one is in", { skip }, async () => {
  const { page, close } = await told(CARDS.issues);
  await key(page, "Escape", "e");
  assert.equal(await focus(page), "jql-field");
  await close();
});

test("a result is copied as a link, as Markdown and as CSV", { skip }, async () => {
  const { page, calls, copied, close } = await told(CARDS.issues, "what", { export: [{ done: EXPORTED }] });
  for (const name of ["copy-link", "copy-markdown", "copy-csv"]) {
    await page.click(`[data-testid=${name}]`);
    await settled();
  }
  const [link, ...texts] = await copied();
  assert.match(link, /^https:\/\/northwind\.atlassian\.net\/issues\/\?jql=assignee%20%3D%20currentUser\(\)%20AND/u);
  assert.deepEqual(texts, [EXPORTED.text, EXPORTED.text]);
  assert.deepEqual(
    (await sent(calls, "export")).map(({ format }) => format),
    ["markdown", "csv"],
  );
  assert.equal(await page.$eval("[data-testid=search-in-jira]", (each) => each.href), link);
  await close();
});

test("a title cannot break out of its Markdown link", { skip }, async () => {
  const summary = "evil](https://evil.example) **bold** [x";
  const { page, copied, close } = await told([{ kind: "issues", columns: [], issues: [issue({ summary })] }]);
  await key(page, "Escape", "m");
  assert.deepEqual(await copied(), [
    String.raw`[MOB-128: evil\](https://evil.example) \*\*bold\*\* \[x](https://northwind.atlassian.net/browse/MOB-128)`,
  ]);
  await close();
});

test("an issue's card is copied and opened by buttons, and its steps lead to a plan", { skip }, async () => {
  const { page, calls, copied, close } = await told(CARDS.issue);
  await page.click("[data-testid=copy-issue-link]");
  await page.click("[data-testid=copy-issue-markdown]");
  await settled();
  const url = "https://northwind.atlassian.net/browse/MOB-128";
  assert.deepEqual(await copied(), [url, `[MOB-128: ${issue().summary}](${url})`]);
  await page.click("[data-testid=step]");
  await settled();
  assert.equal((await sent(calls, "ask"))[1].text, 'move MOB-128 to "In Review"');
  await close();
});

test("ten thousand issues come and are scrolled through, few of them there at once", { skip }, async () => {
  const pages = Array.from({ length: 100 }, (_, page) => ({
    kind: "issues",
    columns: [],
    issues: Array.from({ length: 100 }, (_, at) => issue({ ...ISSUES[at % 4], key: `MOB-${page * 100 + at + 1}` })),
  }));
  const { page, close } = await visit("panel", { oneShot: one, streams: { ask: play(pages) } });
  await ask(page);
  await page.waitForFunction(() => document.querySelector(".issues")?.getAttribute("data-count") === "10000", {
    timeout: 60_000,
  });
  await settled(500);
  await page.evaluate(async () => {
    const main = /** @type {HTMLElement} */ (document.querySelector("main"));
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    main.scrollTop = 60_000;
    for (let at = 0; at < 60; at += 1) {
      main.scrollTop += 1_500; // faster than anybody reads
      await frame();
    }
    for (let wait = 0; wait < 80; wait += 1) {
      main.scrollTop = main.scrollHeight;
      await frame();
    }
  });
  assert.equal((await all(page, "card-issues")).length, 1);
  const rows = await page.$$eval("issue-row", (all) => all.map((each) => each.dataset.key));
  assert.ok(rows.length < 2_000, `${rows.length} rows are there at once`);
  assert.equal(rows.at(-1), "MOB-10000", "the last is there when it is scrolled to");
  await close();
});
