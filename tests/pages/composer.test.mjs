// What the composer says and offers while one types, slash commands, and the JQL that is edited where it stands.

import assert from "node:assert/strict";
import { test } from "node:test";
import { account, CARDS, ok, overview, play, UNDERSTOOD } from "./fixtures.mjs";
import { ask } from "./states.mjs";
import { all, answer, focus, hidden, inBrowser, sent, settled, skip, text } from "./visit.mjs";

const visit = inBrowser();
const one = { overview: ok(overview([account()])), jobs: ok({ unfinished: [], last: null }) };
const hints = (changes = {}) => ok({ jql: false, start: 0, end: 0, items: [], marks: [], problem: null, ...changes });
const mark = (start, end, kind, meaning = "") => ({ start, end, kind, meaning });
const MARIA = { text: "Maria Lindqvist", label: "Maria Lindqvist", kind: "person" };

const panel = (oneShot = {}, more = {}) =>
  visit("panel", {
    oneShot: { ...one, complete: hints(), ...oneShot },
    streams: { ask: play(CARDS.issues, "next", "what") },
    ...more,
  });
const type = async (page, typed) => {
  await page.focus("[data-testid=composer]");
  await page.keyboard.sendCharacter(typed);
  await settled();
};
const value = (page) => page.$eval("[data-testid=composer]", (field) => field.value);
const chosen = (page) => page.$$eval("[aria-selected=true]", (options) => options.map((each) => each.innerText));

test("what could come next is a list that the arrow keys move through, and Tab takes the first of", {
  skip,
}, async () => {
  const items = [MARIA, { text: "Marketing", label: "Marketing", kind: "project" }];
  const { page, calls, close } = await panel({ complete: hints({ start: 10, end: 12, items }) });
  await type(page, "issues of ma");
  assert.deepEqual(await sent(calls, "complete"), [{ account: "a1", text: "issues of ma", cursor: 12, jql: false }]);
  assert.deepEqual(
    (await all(page, "suggestion")).map((each) => each.split("\n")),
    [
      ["Maria Lindqvist", "Person"],
      ["Marketing", "Project"],
    ],
  );
  assert.deepEqual(await chosen(page), [], "Enter still sends what is typed");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const active = await page.$eval("[data-testid=composer]", (field) => field.getAttribute("aria-activedescendant"));
  assert.equal(await page.$eval(`#${active}`, (option) => option.querySelector("span")?.textContent), "Marketing");
  assert.equal(await focus(page), "composer", "the focus stays in the field");
  await answer(page, "complete", hints());
  await page.keyboard.press("Enter");
  await settled();
  assert.equal(await value(page), "issues of Marketing ");
  assert.ok(await hidden(page, "suggestions"));
  await page.keyboard.down("Control");
  await page.keyboard.press("z");
  await page.keyboard.up("Control");
  assert.equal(await value(page), "issues of ma", "taking a suggestion can be taken back");
  await close();
});

test("Tab takes the first suggestion, Escape closes the list, a click takes one", { skip }, async () => {
  const { page, calls, close } = await panel({ complete: hints({ start: 0, end: 2, items: [MARIA] }) });
  await type(page, "ma");
  await page.keyboard.press("Escape");
  assert.ok(await hidden(page, "suggestions"));
  assert.equal(await focus(page), "composer");
  await page.keyboard.down("Control");
  await page.keyboard.press("Space");
  await page.keyboard.up("Control");
  await settled();
  assert.ok(!(await hidden(page, "suggestions")), "Ctrl+Space opens it again");
  await page.keyboard.press("Tab");
  assert.equal(await value(page), "Maria Lindqvist ");
  assert.deepEqual(await sent(calls, "ask"), []);
  await close();
});

test("one text is looked at at a time, and the last one always", { skip }, async () => {
  const { page, calls, close } = await panel();
  await page.evaluate(() => {
    const send = chrome.runtime.sendMessage;
    /** @type {any} */ (chrome.runtime).sendMessage = async (message) => {
      if (message.command === "complete") await new Promise((resolve) => setTimeout(resolve, 120));
      return send(/** @type {any} */ (message));
    };
  });
  await page.evaluate(() => {
    const field = /** @type {HTMLTextAreaElement} */ (document.querySelector("#question"));
    for (const text of ["m", "my", "my b", "my bu", "my bugs"]) {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  await settled(500);
  assert.deepEqual(
    (await sent(calls, "complete")).map(({ text: asked }) => asked),
    ["m", "my bugs"].slice(-(await sent(calls, "complete")).length),
  );
  await close();
});

test("what is understood is underlined, and said on hover and where the cursor stands", { skip }, async () => {
  const marks = [mark(0, 2, "condition", "assigned to you"), mark(3, 10, "unknown"), mark(11, 18, "key", "MOB-128")];
  const { page, close } = await panel({ complete: hints({ marks }) });
  await type(page, "my sparkly mob-128");
  assert.deepEqual(
    await page.$$eval(".mirror .mark", (spans) => spans.map((span) => [span.textContent, span.dataset.kind])),
    [
      ["my", "condition"],
      ["sparkly", "unknown"],
      ["mob-128", "key"],
    ],
  );
  const hint = () => page.$eval("#composer-hint", (element) => element.textContent);
  assert.equal(await hint(), "Issue: MOB-128");
  await page.keyboard.press("Home");
  await settled();
  assert.equal(await hint(), "assigned to you");
  const place = await page.$eval("[data-kind=unknown]", (span) => {
    const { x, y, width, height } = span.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
  await page.mouse.move(place.x, place.y);
  assert.equal(await page.$eval("#question", (field) => field.title), "Not understood");
  assert.equal(
    await page.$eval("#question", (field) => field.getAttribute("aria-describedby")),
    "composer-hint",
    "who cannot see the underlines is told the same",
  );
  await close();
});

test("the copy with the underlines lies exactly behind the text, also of many lines", { skip }, async () => {
  const long = "bugs in the mobile application that nobody has looked at ".repeat(6).trim();
  const { page, close } = await panel({ complete: hints({ marks: [mark(0, 4, "condition", "x")] }) }, { width: 320 });
  await type(page, long);
  const sizes = await page.evaluate(() => {
    const [field, copy] = ["#question", ".composer .mirror"].map((each) => document.querySelector(each));
    const style = (/** @type {Element} */ each) => {
      const { font, padding, letterSpacing } = getComputedStyle(each);
      return [font, padding, letterSpacing, each.clientWidth, each.scrollHeight, each.scrollTop].join();
    };
    return field && copy && [style(field), style(copy)];
  });
  assert.equal(sizes?.[0], sizes?.[1]);
  await close();
});

test("JQL is coloured, what is wrong in it is told with its place, what is missing at its end is not wrong yet", {
  skip,
}, async () => {
  const marks = [mark(0, 6, "field"), mark(7, 8, "operator"), mark(9, 13, "value")];
  const problem = {
    start: 9,
    end: 13,
    message: "There is no status “Opne”. Did you mean “Open”?",
    suggestions: ["Open"],
  };
  const { page, close } = await panel({ complete: hints({ jql: true, marks, problem }) });
  await type(page, "status = Opne and");
  assert.equal(await page.$eval(".composer-box", (box) => box.hasAttribute("data-jql")), true);
  assert.deepEqual(await page.$$eval("[data-wrong].mark", (spans) => spans.map((each) => each.textContent)), ["Opne"]);
  assert.equal(await page.$eval("#composer-hint", (hint) => hint.textContent), problem.message);
  assert.equal(await page.$eval("#composer-hint", (hint) => hint.hasAttribute("data-wrong")), true);
  await answer(
    page,
    "complete",
    hints({ jql: true, marks, problem: { ...problem, start: 19, end: 19, message: "Expected a field." } }),
  );
  await type(page, " x");
  assert.equal(await page.$("[data-wrong].mark"), null);
  assert.equal(await page.$eval("#composer-hint", (hint) => hint.hasAttribute("data-wrong")), false);
  await close();
});

test("keys of the issues shown last are offered by the page itself", { skip }, async () => {
  const { page, close } = await panel();
  await ask(page);
  await type(page, "show mob-");
  assert.deepEqual(
    (await all(page, "suggestion")).map((each) => each.split("\n")[0]),
    ["MOB-128", "MOB-97"],
  );
  await page.keyboard.press("Tab");
  assert.equal(await value(page), "show MOB-128 ");
  await close();
});

test("a slash lists the commands, and each does something", { skip }, async () => {
  const { page, calls, close } = await panel({ conversations: ok([]) });
  await type(page, "/");
  const commands = (await all(page, "suggestion")).map((each) => each.split("\n")[0]);
  for (const name of ["/new", "/mine", "/sprint", "/jql", "/help", "/standup", "/undo"])
    assert.ok(commands.includes(name), name);
  await type(page, "mi");
  assert.deepEqual(await chosen(page).then((all) => all.map((each) => each.split("\n")[0])), ["/mine"]);
  await page.keyboard.press("Enter");
  await settled();
  await type(page, "/sprint in MOB");
  await page.keyboard.press("Enter");
  await settled();
  await type(page, "/jql project = MOB");
  assert.deepEqual((await sent(calls, "complete")).at(-1), {
    account: "a1",
    text: "project = MOB",
    cursor: 13,
    jql: true,
  });
  await page.keyboard.press("Enter");
  await settled();
  assert.deepEqual(
    (await sent(calls, "ask")).map(({ text: asked }) => asked),
    ["my open issues", "how is the sprint going in MOB", "project = MOB"],
  );
  await type(page, "/new");
  await page.keyboard.press("Enter");
  assert.ok(!(await hidden(page, "welcome")));
  await type(page, "/keys");
  await page.keyboard.press("Enter");
  assert.match(await text(page, "shortcuts"), /Next or previous issue/u);
  await page.keyboard.press("Escape");
  await type(page, "/history");
  await page.keyboard.press("Enter");
  await settled();
  assert.ok(await page.$("[data-testid=history-list]"));
  await close();
});

test("a command that is none is said so, and nothing is sent", { skip }, async () => {
  const { page, calls, close } = await panel();
  await type(page, "/minne now");
  await page.keyboard.press("Enter");
  await settled();
  assert.match(await text(page, "toast"), /no command \/minne/u);
  assert.equal(await value(page), "/minne now");
  assert.deepEqual(await sent(calls, "ask"), []);
  await close();
});

test("examples fit the person's site as soon as it is known", { skip }, async () => {
  const { page, calls, close } = await panel({ examples: ok(["my open issues", "bugs in MOB created this week"]) });
  await settled();
  assert.deepEqual(await all(page, "example"), ["my open issues", "bugs in MOB created this week"]);
  assert.deepEqual(await sent(calls, "examples"), [{ account: "a1" }]);
  await page.click("li:nth-child(2) > [data-testid=example]");
  await settled();
  assert.equal((await sent(calls, "ask"))[0].text, "bugs in MOB created this week");
  await close();
});

test("the JQL of an answer is edited where it stands, and run", { skip }, async () => {
  const { page, calls, close } = await panel();
  await ask(page);
  await page.click("[data-testid=edit-jql]");
  assert.equal(await focus(page), "jql-field");
  assert.equal(await page.$eval("[data-testid=jql-field]", (field) => field.value), UNDERSTOOD.jql);
  await page.keyboard.press("Escape");
  assert.equal(await focus(page), "edit-jql");
  assert.equal(await text(page, "jql"), UNDERSTOOD.jql);
  await page.keyboard.press("Enter");
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.sendCharacter("project = WEB");
  await settled();
  assert.deepEqual((await sent(calls, "complete")).at(-1), {
    account: "a1",
    text: "project = WEB",
    cursor: 13,
    jql: true,
  });
  await page.keyboard.press("Enter");
  await settled();
  assert.equal((await sent(calls, "ask")).at(-1).text, "project = WEB");
  assert.equal(await page.$("[data-testid=jql-field]"), null);
  assert.equal(await focus(page), "composer");
  await close();
});

test("each condition can be left out, and says on which words it rests", { skip }, async () => {
  const { page, calls, close } = await panel();
  await ask(page);
  await page.hover("[data-testid=clause]:nth-child(2)");
  const lit = await page.evaluate(() => [
    [.../** @type {any} */ (CSS.highlights.get("why"))].map(String),
    document.querySelector(".piece.lit")?.textContent,
  ]);
  assert.deepEqual(lit, [["open"], "statusCategory != Done"]);
  await page.click("[data-testid=clause]:nth-child(2) [data-testid=drop-clause]");
  await settled();
  assert.equal((await sent(calls, "ask"))[1].text, "assignee = currentUser() ORDER BY updated DESC");
  await close();
});

test("conditions joined by OR stay together when another is left out", { skip }, async () => {
  const clause = (jql) => ({ jql, words: "", meaning: jql, reading: "" });
  const clauses = [clause("a = 1"), clause("b = 2 OR b IS EMPTY"), clause("c = 3")];
  const jql = "a = 1 AND (b = 2 OR b IS EMPTY) AND c = 3";
  const { page, calls, close } = await panel(
    {},
    { streams: { ask: play([{ kind: "understood", jql, clauses, ignored: [] }]) } },
  );
  await ask(page);
  assert.equal(await text(page, "jql"), jql);
  await page.click("[data-testid=drop-clause]");
  await settled();
  assert.equal((await sent(calls, "ask"))[1].text, "(b = 2 OR b IS EMPTY) AND c = 3");
  await close();
});

/** As the address bar and the menu do. */
const handOver = (page, question) =>
  page.evaluate((found) => {
    const { session } = /** @type {any} */ (chrome.storage);
    session.get = async () => ({ handed_over: { window: 7, tab: null, at: Date.now(), account: null, ...found } });
    session.onChanged.fire({ handed_over: { newValue: 1 } });
  }, question);

test("what was asked around the pages is asked here; what may change something waits for Enter", { skip }, async () => {
  const { page, calls, close } = await panel({ is_question: ok(true) });
  await handOver(page, { text: "bugs in MOB", ask: true });
  await settled();
  assert.deepEqual(
    (await sent(calls, "ask")).map(({ text: asked }) => asked),
    ["bugs in MOB"],
  );
  await answer(page, "is_question", ok(false));
  await handOver(page, { text: "close MOB-1", ask: true });
  await settled();
  assert.equal(await value(page), "close MOB-1");
  await handOver(page, { text: "comment on MOB-1: ", ask: false, caret: 10 });
  await settled();
  assert.equal(await value(page), "comment on MOB-1: ");
  assert.equal(await page.$eval("#question", (field) => field.selectionStart), 10);
  assert.equal((await sent(calls, "ask")).length, 1);
  await close();
});

test("“this” is the issue of the current tab, as far as the browser tells which that is", { skip }, async () => {
  const { page, calls, close } = await panel({ open_issue: ok({ key: "MOB-7" }) });
  await ask(page, "assign this to me");
  await page.evaluate(() => {
    /** @type {any} */ (chrome.tabs).query = async () => [{ url: "https://northwind.atlassian.net/browse/MOB-7" }];
  });
  await ask(page, "assign this to me");
  assert.deepEqual(
    (await sent(calls, "ask")).map(({ open }) => open),
    [undefined, "MOB-7"],
  );
  assert.deepEqual(
    (await sent(calls, "open_issue")).map(({ url }) => url),
    ["https://northwind.atlassian.net/browse/MOB-7"],
  );
  await close();
});
