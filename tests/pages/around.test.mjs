// The browser around the pages: address bar, menu, shortcuts, notifications, and how a question gets from there into the panel. No
// script can type into the address bar or open a menu, so the extension's own functions run here over a stand-in for `chrome`; the
// events of a real worker are tried in tests/e2e/around.test.mjs.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { messages, root } from "./harness.mjs";
import { TEXTS } from "./payloads.mjs";

/** What the extension did, in order. @type {any[]} */
let made = [];
/** What the backend was asked, and what it answers to each command. @type {any[]} */
let asked = [];
/** @type {Record<string, any>} */
let answers = {};
/** What the session store holds. @type {Record<string, any>} */
let session = {};
let panelOpens = true;
/** @type {any} */
let tabs = [];
/** The tab that the page under test is in; a side panel is in none. @type {any} */
let ownTab;
/** @type {((changes: any) => void)[]} */
let heard = [];
const english = await messages("en");

const log =
  (name, answer) =>
  async (...values) => {
    made.push([name, ...values]);
    return answer;
  };
const chrome = {
  runtime: {
    id: "x",
    ContextType: { TAB: "TAB" },
    getURL: (path) => `chrome-extension://x/${path}`,
    getContexts: async () => [],
    sendMessage: async (message) => {
      asked.push(message);
      return answers[message.command] ?? { ok: false, error: {} };
    },
  },
  i18n: {
    getUILanguage: () => "en",
    getMessage: (key, values = []) =>
      (english[key]?.message ?? "").replace(/\$(\d)/gu, (_, n) => [values].flat()[Number(n) - 1] ?? ""),
  },
  storage: {
    session: {
      get: async (key) => (key in session ? { [key]: structuredClone(session[key]) } : {}),
      set: async (values) => {
        Object.assign(session, structuredClone(values));
        const changes = Object.fromEntries(Object.entries(values).map(([key, newValue]) => [key, { newValue }]));
        for (const listener of heard) listener(changes);
      },
      remove: async (key) => {
        delete session[key];
      },
      onChanged: {
        addListener: (f) => heard.push(f),
        removeListener: (f) => {
          heard = heard.filter((each) => each !== f);
        },
      },
    },
  },
  sidePanel: {
    open: async (options) => {
      if (!panelOpens) throw new Error("`sidePanel.open()` may only be called in response to a user gesture.");
      made.push(["panel", options]);
    },
  },
  tabs: {
    query: async () => tabs,
    getCurrent: async () => ownTab,
    create: async (options) => {
      made.push(["tab", options]);
      return { id: 70, windowId: 7 };
    },
    update: log("update"),
  },
  windows: { getLastFocused: async () => ({ id: 7 }), getCurrent: async () => ({ id: 7 }), update: log("window") },
  omnibox: { setDefaultSuggestion: ({ description }) => made.push(["default", description]) },
  contextMenus: { removeAll: (then) => then(), create: (options) => made.push(["menu", options]) },
  notifications: { clear: (id) => made.push(["clear", id]) },
  action: { openPopup: log("popup") },
};
Object.assign(globalThis, { chrome });
// Node 20 has no navigator.
Object.defineProperty(globalThis, "navigator", { value: { locks: { request: (_, work) => work() } } });
const pages = await import("../../www/lib/extension.js");

// The extension's modules with the backend taken out: it is made of Rust, and not what is tested here.
/** @type {string} */
let folder;
/** @type {any} */
let around;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "around-"));
  const outfile = join(folder, "around.mjs");
  const contents = ["omnibox", "menus", "shortcuts", "notified", "handover"]
    .map((name) => `export * as ${name} from "./${name}.js";`)
    .join("\n");
  const instead =
    "export const askFrom = (...values) => globalThis.__askFrom(...values); export function aboutToAsk() {}";
  const stub = { contents: instead };
  await build({
    stdin: { contents, resolveDir: join(root, "extension") },
    bundle: true,
    format: "esm",
    outfile,
    plugins: [{ name: "no backend", setup: (made) => made.onLoad({ filter: /asking\.js$/ }, () => stub) }],
    logLevel: "warning",
  });
  around = await import(pathToFileURL(outfile).href);
});
after(() => rm(folder, { recursive: true, force: true }));
Object.assign(globalThis, {
  __askFrom: async (place, command, args) => {
    asked.push({ place, command, args });
    return answers[command] ?? null;
  },
});

beforeEach(() => {
  [made, asked, answers, session, heard, tabs] = [[], [], {}, {}, [], []];
  panelOpens = true;
  ownTab = undefined;
});

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test("a key opens its issue where the person wanted it", async () => {
  answers.issue_address = "https://acme.atlassian.net/browse/MOB-12";
  for (const [disposition, expected] of /** @type {const} */ ([
    ["currentTab", ["update", { url: answers.issue_address }]],
    ["newForegroundTab", ["tab", { url: answers.issue_address, active: true }]],
    ["newBackgroundTab", ["tab", { url: answers.issue_address, active: false }]],
  ])) {
    made = [];
    await around.omnibox.enter(" mob-12 ", disposition);
    assert.deepEqual(made, [expected]);
  }
  assert.deepEqual(asked[0], { place: "omnibox", command: "issue_address", args: { text: "mob-12" } });
});

test("an address that is none of the web is not gone to", async () => {
  for (const url of ["javascript:alert(1)", "chrome://settings", "data:text/html,x"]) {
    answers.issue_address = url;
    await around.omnibox.enter("MOB-12", "currentTab");
  }
  assert.deepEqual(made, []);
});

test("words open the side panel at once, in the window they were typed in, and are asked there once", async () => {
  around.omnibox.begin();
  await settled();
  const entering = around.omnibox.enter("my open bugs", "currentTab");
  assert.deepEqual(made.at(-1), ["panel", { windowId: 7 }], "before anything is waited for, or the browser refuses");
  await entering;
  const question = { text: "my open bugs", ask: true, account: null, caret: null };
  assert.deepEqual(await pages.pendingQuestion(), question);
  assert.equal(await pages.pendingQuestion(), null, "handed out once");
});

test("where the side panel cannot be opened the question goes to the panel in a tab, and to no other panel", async () => {
  panelOpens = false;
  await around.omnibox.enter("my open bugs", "currentTab");
  assert.deepEqual(made, [["tab", { url: "chrome-extension://x/www/panel/panel.html" }]]);
  assert.equal(await pages.pendingQuestion(), null, "the side panel of the window is not meant");
  ownTab = { id: 70 };
  assert.equal((await pages.pendingQuestion())?.text, "my open bugs");
});

test("a panel that is open already hears of a question, until it goes", async () => {
  /** @type {any[]} */
  const got = [];
  const gone = new AbortController();
  pages.onPendingQuestion((question) => got.push(question.text), gone.signal);
  await around.handover.handOver(around.handover.showPanel(7), { text: "one", ask: true, account: null });
  await settled();
  assert.deepEqual(got, ["one"]);
  gone.abort();
  await around.handover.handOver(around.handover.showPanel(7), { text: "two", ask: true, account: null });
  await settled();
  assert.deepEqual(got, ["one"]);
});

test("a question of another window, or of long ago, is not taken", async (t) => {
  await around.handover.handOver(around.handover.showPanel(8), { text: "elsewhere", ask: true, account: null });
  assert.equal(await pages.pendingQuestion(), null);
  await around.handover.handOver(around.handover.showPanel(7), { text: "old", ask: true, account: null });
  const late = Date.now() + 61_000;
  t.mock.method(Date, "now", () => late);
  assert.equal(await pages.pendingQuestion(), null);
});

test("suggestions are the backend's, without what was typed, and none for what is typed no more", async () => {
  answers.suggest = [
    { text: "MOB-12", title: 'Crash & "burn" <b>' },
    { text: "MOB-1", title: "typed already" },
  ];
  /** @type {any} */
  let lines;
  await around.omnibox.change("MOB-1", (given) => {
    lines = given;
  });
  assert.deepEqual(lines, [
    { content: "MOB-12", description: "<match>MOB-12</match> <dim>Crash &#38; &#34;burn&#34; &#60;b&#62;</dim>" },
  ]);
  assert.equal(made[0]?.[1], "Open %s in Jira");
  lines = undefined;
  const first = around.omnibox.change("a", (given) => {
    lines = given;
  });
  const second = around.omnibox.change("ab", () => {});
  await Promise.all([first, second]);
  assert.equal(lines, undefined);
});

test("whatever a title says, it is text in a line of the address bar", () => {
  for (const payload of TEXTS) {
    const line = around.omnibox.plain(payload);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
    assert.doesNotMatch(line, /[<>"'\u0000-\u001f\u202a-\u202e]/u, payload);
    assert.doesNotMatch(line.replace(/&#\d+;/gu, ""), /&/u, payload);
    assert.doesNotMatch(line, /\p{Cs}/u, payload);
  }
});

test("the menu has three lines for a selection, and one on pages that can show an issue", () => {
  around.menus.makeMenus();
  const lines = made.map(([, options]) => [options.id, options.contexts.join(), options.title]);
  assert.deepEqual(lines, [
    ["create", "selection", "Create a Jira issue from “%s”"],
    ["comment", "selection", "Comment on a Jira issue with “%s”"],
    ["search", "selection", "Search Jira for “%s”"],
    ["this", "page", "Ask about this issue"],
  ]);
  const patterns = made.at(-1)[1].documentUrlPatterns.map(
    (pattern) =>
      new RegExp(
        `^${pattern
          .replace(/[.?+]/gu, "\\$&")
          .replace("*://*/", "https?://[^/]+/")
          .replaceAll("-*", "-.*")
          .replaceAll(/(?<!\.)\*/gu, ".*")}$`,
        "u",
      ),
  );
  const shown = (url) => patterns.some((pattern) => pattern.test(url));
  for (const path of [
    "browse/MOB-1",
    "jira/browse/MOB-1",
    "jira/software/c/projects/MOB/boards/3?selectedIssue=MOB-1",
  ]) {
    assert.ok(shown(`https://acme.atlassian.net/${path}`), path);
  }
  assert.ok(!shown("https://example.com/"), "on other pages it would be in the way");
});

const chosen = async (menuItemId, selectionText, pageUrl = "https://example.com/") => {
  await around.menus.choose({ menuItemId, selectionText, pageUrl }, { windowId: 7 });
  assert.deepEqual(made, [["panel", { windowId: 7 }]]);
  return pages.pendingQuestion();
};

test("a selection is searched for as one phrase, whatever is in it", async () => {
  const found = await chosen("search", ' the "login"\n page ');
  assert.deepEqual(found, { text: 'search for "the login page"', ask: true, account: null, caret: null });
});

test("what would change something is written down for the person to send, never asked", async () => {
  for (const payload of TEXTS) {
    for (const item of ["create", "comment"]) {
      made = [];
      const question = await chosen(item, payload);
      assert.equal(question?.ask, false, payload);
    }
  }
});

test("a comment goes to the issue of the page, and else the person says to which", async () => {
  answers.open_issue = { key: "MOB-12", account: "a1" };
  assert.deepEqual(await chosen("comment", "looks good"), {
    text: "comment on MOB-12: looks good",
    ask: false,
    account: "a1",
    caret: null,
  });
  made = [];
  answers = {};
  const { text, caret } = /** @type {any} */ (await chosen("comment", "looks good"));
  assert.equal(`${text.slice(0, caret)}|${text.slice(caret)}`, "comment on |: looks good");
});

test("a very long selection is cut, between letters", async () => {
  const { text } = /** @type {any} */ (await chosen("create", "👩".repeat(9_000)));
  assert.ok(text.length < 5_100 && text.isWellFormed?.() !== false);
});

test("“ask about this issue” shows the issue of the page, or waits for words", async () => {
  answers.open_issue = { key: "MOB-12", account: "a1" };
  assert.deepEqual(await chosen("this", "", "https://acme.atlassian.net/browse/MOB-12"), {
    text: "MOB-12",
    ask: true,
    account: "a1",
    caret: null,
  });
  made = [];
  answers = {};
  assert.deepEqual(await chosen("this", ""), { text: "", ask: false, account: null, caret: null });
});

test("the shortcuts open the panel, ask about the issue in the tab, and refresh with the popup to watch it", async () => {
  await around.shortcuts.press("open_panel", { windowId: 7 });
  assert.deepEqual(made, [["panel", { windowId: 7 }]]);
  answers.open_issue = { key: "MOB-12", account: "a1" };
  await around.shortcuts.press("ask_about_this", { windowId: 7, url: "https://acme.atlassian.net/browse/MOB-12" });
  assert.equal((await pages.pendingQuestion())?.text, "MOB-12");
  tabs = [{ url: "https://acme.atlassian.net/browse/MOB-12" }];
  await around.shortcuts.press("ask_about_this", { windowId: 7 });
  assert.equal(
    (await pages.pendingQuestion())?.text,
    "MOB-12",
    "the tab's address is looked up where the event has none",
  );
  made = [];
  await around.shortcuts.press("refresh_all", { windowId: 7 });
  assert.deepEqual(made, [["popup"]]);
  assert.deepEqual(asked.at(-1), { place: "shortcut", command: "refresh_all", args: {} });
});

test("a notification's buttons sign in again, or remind later", async () => {
  await around.notified.pressed("a/1", 0);
  assert.deepEqual(made, [
    ["clear", "a/1"],
    ["tab", { url: "chrome-extension://x/www/options/options.html#account=a%2F1&action=reconnect" }],
  ]);
  made = [];
  await around.notified.pressed("a/1", 1);
  assert.deepEqual(made, [["clear", "a/1"]]);
  assert.deepEqual(asked.at(-1), { place: "notification", command: "remind_later", args: { account: "a/1" } });
});

test("a click on a notification opens the popup, or where it cannot be, the account's place on the dashboard", async () => {
  await around.notified.showNotified("a1");
  assert.deepEqual(made, [["clear", "a1"], ["popup"]]);
  const refuses = async () => {
    throw new Error("Could not find an active browser window.");
  };
  for (const action of [{}, { openPopup: refuses }]) {
    made = [];
    Object.assign(chrome, { action });
    await around.notified.showNotified("a/1");
    assert.deepEqual(made.at(-1), ["tab", { url: "chrome-extension://x/www/dashboard/dashboard.html#account=a%2F1" }]);
  }
  Object.assign(chrome, { action: { openPopup: log("popup") } });
});

test("the issue in the current tab is what the backend reads from its address, where the browser tells that", async () => {
  const url = "https://acme.atlassian.net/browse/MOB-12";
  assert.equal(await pages.openIssue("a1"), null, "no tab");
  tabs = [{ id: 1 }];
  assert.equal(await pages.openIssue("a1"), null, "no permission, no address");
  assert.deepEqual(asked, []);
  tabs = [{ id: 1, url }];
  answers.open_issue = { ok: true, value: { key: "MOB-12", account: "a1" } };
  assert.equal(await pages.openIssue("a1"), "MOB-12");
  const { command, args } = asked[0];
  assert.deepEqual({ command, args }, { command: "open_issue", args: { account: "a1", url } });
  answers.open_issue = { ok: true, value: null };
  assert.equal(await pages.openIssue("a1"), null);
  answers.open_issue = { ok: false, error: { code: "locked", message: "", action: { kind: "unlock" } } };
  assert.equal(await pages.openIssue("a1"), null, "a question can be asked without it");
});
