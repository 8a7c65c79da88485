// The cards of answers in the panel: what each shows, what its buttons ask, and that text stays text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { account, CARDS, failed, issue, job, ok, overview, plan, play } from "./fixtures.mjs";
import { ask } from "./states.mjs";
import { all, answer, focus, hidden, inBrowser, sent, settled, skip, text } from "./visit.mjs";

const visit = inBrowser();
const one = { overview: ok(overview([account()])), jobs: ok({ unfinished: [], last: null }) };

/** The panel after one question that was answered with these cards. */
async function told(cards, { streams = {}, oneShot = {}, what = null, ...more } = {}) {
  const setting = { oneShot: { ...one, ...oneShot }, streams: { ask: play(cards, null, what), ...streams }, ...more };
  const visited = await visit("panel", setting);
  await ask(visited.page);
  return visited;
}

test("what was read another way is said at its words, and what is offered is asked with one click", {
  skip,
}, async () => {
  const { page, calls, close } = await told(CARDS.empty);
  assert.deepEqual(await all(page, "reading"), ["“open”: not done"]);
  assert.match(await text(page, "card-empty"), /Without “not done yet” there are 12/u);
  await page.click("[data-testid=choice]");
  await settled();
  assert.equal((await sent(calls, "ask"))[1].text, "assignee = currentUser()");
  await close();
});

test("a question back is answered by a button, in the same conversation", { skip }, async () => {
  const { page, calls, close } = await told(CARDS.question);
  assert.deepEqual(await all(page, "choice"), ["Maria Lindqvist", "Maria Berg"]);
  await page.click("li:nth-child(2) [data-testid=choice]");
  await settled();
  const [first, second] = await sent(calls, "ask");
  assert.equal(second.text, "open issues of Maria Berg");
  assert.equal(second.conversation, first.conversation);
  await close();
});

test("groups are a table with bars, and each number leads to its issues", { skip }, async () => {
  const { page, calls, close } = await told(CARDS.groups);
  assert.deepEqual(
    (await all(page, "group")).map((row) => row.replace(/\s+/gu, " ").trim()),
    ["Maria Lindqvist 12", "None 3", "Others 4"],
  );
  assert.match(await text(page, "total"), /About 19 in all: Jira's estimates/u);
  assert.deepEqual(await page.$$eval("meter", (bars) => bars.map((bar) => bar.value / bar.max)), [1, 3 / 12, 4 / 12]);
  await page.click("[data-testid=drill]");
  await settled();
  assert.equal((await sent(calls, "ask"))[1].text, "project = MOB AND assignee = 1");
  await close();
});

test("a list shows the columns that fit the question, as people read them", { skip }, async () => {
  const { page, close } = await told(CARDS.columns);
  assert.deepEqual(
    (await all(page, "cell")).map((each) => each.replace(/\s+/gu, " ")),
    ["Votes: 3", "Created: 9 days ago", "Start: Jan 15, 2026", "Time spent: 2 hr", "Environment: Edge on Windows"],
  );
  await close();
});

test("a report is sections, and one that failed leaves the others", { skip }, async () => {
  const { page, calls, close } = await told(CARDS.report);
  assert.equal((await page.$$("[data-testid=card-section]")).length, 4);
  assert.deepEqual(
    (await all(page, "figure")).map((each) => each.replace(/\s+/gu, " ")),
    ["Done 7", "Days left 4"],
  );
  assert.deepEqual(
    (await all(page, "span")).map((each) => each.replace(/\s+/gu, " ").trim()),
    ["Nov 1, 2026 – Nov 7, 2026 4 700", "Nov 8, 2026 5 500"],
  );
  assert.match(await text(page, "error"), /Jira says: no/u);
  await page.click("[data-testid=figure] [data-testid=drill]");
  await settled();
  await page.click("[data-testid=card-section] [data-testid=section-query]");
  await settled();
  const asked = (await sent(calls, "ask")).map(({ text: each }) => each);
  assert.deepEqual(asked.slice(1), ["sprint = 12 AND statusCategory = Done", "sprint = 12"]);
  await close();
});

test("an answer of before is marked with its age", { skip }, async () => {
  const { page, close } = await told(CARDS.stored);
  assert.match(await text(page, "card-stored"), /cannot be reached.*3 hours ago/u);
  await close();
});

test("one issue shows its text with all that is in it, its links, its changes and the steps to take", {
  skip,
}, async () => {
  const { page, calls, close } = await told(CARDS.issue);
  const shown = await page.$eval(".rich", (rich) => ({
    tags: ["ol", "strong em, em strong", "pre", "blockquote", "details", "table", "hr"].map((tag) =>
      Boolean(rich.querySelector(tag)),
    ),
    code: rich.querySelector("pre")?.textContent,
    links: [...rich.querySelectorAll("a")].map((link) => link.href),
  }));
  assert.ok(shown.tags.every(Boolean), String(shown.tags));
  assert.equal(shown.code, "<b>not bold</b>");
  assert.deepEqual(shown.links, ["https://logs.example.com/1", "https://example.com/x", "https://example.com/y"]);
  assert.match(await text(page, "link"), /is blocked by[\s\S]*WEB-7/u);
  assert.match(await page.$eval("[data-testid=change]", (each) => each.textContent), /status: To Do → In Progress/u);
  await page.click("[data-testid=step]");
  await settled();
  assert.equal((await sent(calls, "ask"))[1].text, 'move MOB-128 to "In Review"', "asked for, not done");
  await close();
});

test("a result is saved as a file, and what was cut is said", { skip }, async () => {
  const file = { name: "jira.csv", media_type: "text/csv", text: "Key\r\n", rows: 5000, cut: true };
  const { page, calls, close } = await told(CARDS.issues, { what: "opaque", streams: { export: [{ done: file }] } });
  await page.evaluate(() => {
    const made = /** @type {any} */ (window);
    URL.createObjectURL = (blob) => {
      made.saved = blob;
      return "data:,";
    };
  });
  await page.click("[data-testid=export-csv]");
  await settled();
  assert.deepEqual(await sent(calls, "export"), [{ account: "a1", what: "opaque", format: "csv" }]);
  const bytes = await page.evaluate(async () =>
    Array.from(new Uint8Array(await /** @type {any} */ (window).saved.arrayBuffer()).slice(0, 6)),
  );
  assert.deepEqual(bytes, [0xef, 0xbb, 0xbf, 0x4b, 0x65, 0x79], "a mark, so that spreadsheets read it as Unicode");
  assert.match(await page.$eval("toast-region", (region) => region.textContent), /first 5,000 rows/u);
  await close();
});

test("a plan shows before and after, and is confirmed by its own button only", { skip }, async () => {
  const streams = { confirm: [{ seq: 1, item: { kind: "outcome", job: job() } }, { done: null }] };
  const { page, calls, close } = await told(CARDS.plan, { streams });
  const rows = (await all(page, "plan-row")).map((row) => row.replace(/\s+/gu, " "));
  assert.match(rows[0], /MOB-128.*Status.*before:.*To Do.*after:.*In Review/u);
  assert.match(rows[1], /It is in In Review already/u);
  assert.match(await text(page, "stays"), /Unchanged: 1/u);
  assert.match(await text(page, "concerns"), /Maria Lindqvist \(assignee\)/u);
  assert.deepEqual(await sent(calls, "confirm"), [], "nothing is done by itself");
  await page.click("[data-testid=confirm]");
  await settled();
  assert.deepEqual(await sent(calls, "confirm"), [{ account: "a1", plan: "plan-1", hash: "h1" }]);
  assert.equal(await page.$("[data-testid=confirm]"), null, "a plan is confirmed once");
  assert.match(await text(page, "outcome-message"), /1 of 2/u);
  await close();
});

test("what cannot be taken back wants a second click, and the first leads the focus to Cancel", { skip }, async () => {
  const deletion = plan({ button: "Delete 1 issue", twice: "MOB-128 will be gone for ever. Delete it?" });
  const { page, calls, close } = await told([{ kind: "plan", plan: deletion }]);
  await page.click("[data-testid=confirm]");
  assert.match(await text(page, "twice"), /gone for ever/u);
  assert.equal(await focus(page), "plan-drop");
  assert.deepEqual(await sent(calls, "confirm"), []);
  await page.click("[data-testid=confirm-twice]");
  await settled();
  assert.deepEqual(await sent(calls, "confirm"), [{ account: "a1", plan: "plan-1", hash: "h1", twice: true }]);
  await close();
});

test("a file that is too large is told when it is chosen, and is not sent", { skip }, async () => {
  const { page, calls, close } = await told(CARDS.plan_file);
  const choose = async (size, name) => {
    const file = await page.$("[data-testid=file]");
    await file.evaluate(
      (input, wanted, called) => {
        const chosen = new DataTransfer();
        chosen.items.add(new File([new Uint8Array(wanted)], called));
        input.files = chosen.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      },
      size,
      name,
    );
  };
  await choose(10_000_001, "tide.bin");
  assert.match(await text(page, "too-large"), /“tide.bin” has 10.1 MB .* at most 10 MB here/u);
  await page.click("[data-testid=confirm]");
  await settled();
  assert.deepEqual(await sent(calls, "confirm"), []);
  await choose(3, "tide.txt");
  assert.equal(await text(page, "too-large"), "");
  await page.click("[data-testid=confirm]");
  await settled();
  assert.equal((await sent(calls, "confirm"))[0].file.name, "tide.txt");
  await close();
});

test("a cancelled plan is given up, and says that nothing was changed", { skip }, async () => {
  const { page, calls, close } = await told(CARDS.plan, { oneShot: { plan_drop: ok({}) } });
  await page.click("[data-testid=plan-drop]");
  await settled();
  assert.deepEqual(await sent(calls, "plan_drop"), [{ account: "a1", plan: "plan-1" }]);
  assert.match(await text(page, "card-plan"), /Nothing was changed/u);
  assert.deepEqual(await sent(calls, "confirm"), []);
  await close();
});

test("what a plan still wants to know is filled in and planned anew", { skip }, async () => {
  const streams = { plan: [{ seq: 1, item: { kind: "plan", plan: plan() } }, { done: null }] };
  const { page, calls, close } = await told(CARDS.plan_missing, { streams });
  assert.equal(await page.$("[data-testid=confirm]"), null);
  await page.type("[name=comment]", "Because.");
  await page.$eval("[name=duedate]", (field) => {
    /** @type {HTMLInputElement} */ (field).value = "2026-12-01";
  });
  await page.click("[data-testid=missing-send]");
  await settled();
  const answers = [
    { field: "resolution", values: ["Fixed"] },
    { field: "comment", values: ["Because."] },
    { field: "duedate", values: ["2026-12-01"] },
  ];
  assert.deepEqual(await sent(calls, "plan"), [{ account: "a1", plan: "plan-1", answers }]);
  assert.equal((await page.$$("[data-testid=card-plan]")).length, 1, "in the place of the other");
  await close();
});

test("a plan that cannot be confirmed says why and has no button", { skip }, async () => {
  const { page, close } = await told(CARDS.plan_trouble);
  assert.match(await text(page, "error"), /allows reading only/u);
  assert.equal(await page.$("[data-testid=confirm]"), null);
  await close();
});

test("progress is told, Stop ends it, and what came of it can be gone on with and taken back", { skip }, async () => {
  const progress = { done: 3, total: 20, failed: 1, key: "MOB-3", until: null };
  const { page, close } = await told(CARDS.plan, { streams: { confirm: [{ progress }] } });
  await page.click("[data-testid=confirm]");
  await settled();
  assert.equal(await text(page, "working"), "3 of 20 done, 1 failed…");
  assert.ok(!(await hidden(page, "stop")));
  await page.click("[data-testid=stop]");
  await settled();
  assert.equal(await text(page, "stopped"), "Stopped");
  await close();
  const { page: after, calls: later, close: end } = await told(CARDS.outcome);
  assert.deepEqual(await after.$$eval("[data-testid=job-row]", (rows) => rows.map((row) => row.dataset.state)), [
    "failed",
    "done",
  ]);
  await after.click("[data-testid=go-on]");
  await settled();
  assert.deepEqual(await sent(later, "go_on"), [{ account: "a1", plan: "plan-1", retry: true }]);
  await end();
  const { page: undone, calls: taken, close: over } = await told(CARDS.outcome);
  await undone.click("[data-testid=undo]");
  await settled();
  assert.deepEqual(await sent(taken, "undo"), [{ account: "a1", plan: "plan-1" }]);
  await over();
});

test("changes that did not come to their end are shown when the panel opens", { skip }, async () => {
  const left = job({ failed: 0, left: 1 });
  const { page, calls, close } = await visit("panel", {
    oneShot: { ...one, jobs: ok({ unfinished: [left], last: null }) },
    streams: {},
  });
  await page.waitForSelector("[data-testid=card-outcome]");
  await page.click("[data-testid=go-on]");
  await settled();
  assert.deepEqual(await sent(calls, "go_on"), [{ account: "a1", plan: "plan-1", retry: false }]);
  await close();
});

const TALK = {
  id: "talk-1",
  title: "my open issues",
  began: Date.now() - 7_200_000,
  at: Date.now() - 3_600_000,
  turns: 2,
};
const TURN = { at: TALK.at, text: "my open issues", cards: CARDS.issues, error: null, export: "opaque" };

test("an earlier conversation is found, read again and gone on with", { skip }, async () => {
  const hit = { conversation: TALK, text: "my open issues", excerpt: "…Offer dark mode…" };
  const oneShot = {
    conversations: ok([TALK]),
    search_conversations: ok([hit]),
    conversation: ok([TURN, { ...TURN, text: "and Maria's?", cards: [], error: failed("offline", "No net.").error }]),
  };
  const { page, calls, close } = await visit("panel", { oneShot: { ...one, ...oneShot }, streams: {} });
  await page.click("[data-testid=history]");
  await page.waitForSelector("[data-testid=history-open]");
  assert.match(await text(page, "history-open"), /my open issues[\s\S]*1 hour ago · 2 questions/u);
  assert.equal(await focus(page), "history-find");
  await page.keyboard.type("dark");
  await page.waitForFunction(() => document.querySelector("[data-testid=history-open]")?.textContent?.includes("dark"));
  assert.deepEqual(await sent(calls, "search_conversations"), [{ account: "a1", words: "dark" }]);
  await page.click("[data-testid=history-open]");
  await page.waitForSelector("[data-testid=question]");
  assert.deepEqual(await all(page, "question"), ["my open issues", "and Maria's?"]);
  assert.equal((await page.$$("[data-testid=issue-row]")).length, 4);
  assert.match(await text(page, "error"), /No net/u);
  await ask(page, "the second one");
  assert.equal((await sent(calls, "ask"))[0].conversation, "talk-1");
  await close();
});

test("conversations are deleted one by one, or all after being asked once more", { skip }, async () => {
  const oneShot = { conversations: ok([TALK]), forget_conversation: ok([]), forget_conversations: ok([]) };
  const { page, calls, close } = await visit("panel", { oneShot: { ...one, ...oneShot }, streams: {} });
  await page.click("[data-testid=history]");
  await page.waitForSelector("[data-testid=history-forget]");
  await page.click("[data-testid=history-forget]");
  await settled();
  assert.deepEqual(await sent(calls, "forget_conversation"), [{ account: "a1", id: "talk-1" }]);
  await page.click("[data-testid=history-forget-all]");
  assert.deepEqual(await sent(calls, "forget_conversations"), []);
  await answer(page, "conversations", ok([]));
  await page.click("[data-testid=history-forget-all]");
  await settled();
  assert.deepEqual(await sent(calls, "forget_conversations"), [{ account: "a1" }]);
  assert.match(await text(page, "history-list"), /Nothing here/u);
  await close();
});

test("a conversation that could not be kept says so", { skip }, async () => {
  const streams = {
    ask: [
      { seq: 1, item: { kind: "issues", columns: [], issues: [issue()] } },
      { done: { more: null, export: null, not_kept: true } },
    ],
  };
  const { page, close } = await visit("panel", { oneShot: one, streams });
  await ask(page);
  assert.match(await text(page, "not-kept"), /could not be saved/u);
  await close();
});
