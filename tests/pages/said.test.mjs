// What the backend says is told in each language: nothing is left in English, nothing is translated that it does not say, and what is not its own stays.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { translator } from "../../www/lib/said.js";
import { literals } from "../tools/rust-texts.mjs";
import { messages, root } from "./harness.mjs";
import { TEXTS } from "./payloads.mjs";
import { states } from "./states.mjs";

const read = (/** @type {string} */ file) => readFile(join(root, file), "utf8");
const languages = (await readdir(join(root, "extension/_locales"))).filter((name) => name !== "en");
/** @param {string} language @returns {Promise<Record<string, Record<string, string>>>} */
const saidIn = async (language) => JSON.parse(await read(`extension/_locales/${language}/said.json`));
const german = await saidIn("de");
const tell = translator(german);
/** A sentence as a German page shows it. @param {string} message */
const told = (message) => tell({ message }).message;

/** Sources with nothing in them that a person sees. */
const SILENT = /(?:^|\/)tests?(?:\.rs|\/)|^(?:bin|platform)\//u;
const names = (await readdir(join(root, "src"), { recursive: true })).filter((name) => name.endsWith(".rs"));
const sources = await Promise.all(
  names
    .filter((name) => !SILENT.test(name))
    .sort()
    .map(async (name) => ({ name, found: literals(await read(`src/${name}`)) })),
);
const keys = Object.values(german).flatMap((texts) => Object.keys(texts));
/** Blanks numbered anew. @param {string} text */
const numbered = (text) => {
  let count = 0;
  return text.trim().replace(/\$\d/gu, () => {
    count += 1;
    return `$${count}`;
  });
};

/** What the texts of the backend hold that is none of its sentences: of which files, which texts, and why it is told as it is. */
const AS_IT_IS = /** @type {[RegExp, RegExp, string][]} */ ([
  [/./u, /(?:^| )(?:=|!=|<|>=|<=|~|IN|IS|WAS|CHANGED|ORDER BY)(?: |$)/u, "JQL"],
  [/^jql\/(?:words|fields)\.rs$/u, /./u, "the words of JQL"],
  [/^chat\/(?:examples|around|complete\/words|answer\/decline)\.rs$/u, /./u, "what can be asked, which is English"],
  [/^chat\/(?:report\/release|read\/wish\/build)\.rs$/u, /"\$\d"/u, "what can be asked, which is English"],
  [/^chat\/(?:when|lexicon|read|index\/state|read\/test\/grade)\.rs$/u, /./u, "words that are understood"],
  [
    /./u,
    /^(?:Epic Link|In Progress|Won't Do|No Category|Story Points|Story point estimate|Code Reviewer)$/u,
    "a name in Jira",
  ],
  [/^chat\/read\/wish\/people\.rs$/u, /./u, "how Jira says its links"],
  [/^jira\/(?:form|requests\/examples)\.rs$/u, /./u, "what requests are made of"],
  [/^rich\//u, /./u, "markup"],
  [/^chat\/translate\.rs$/u, /./u, "a tool for the command line"],
  [/^command\/debug_trap\.rs$/u, /^asked to trap$/u, "what a panic says to the console"],
  [/^(?:browser\/consent|jira\/error|oauth\/token_endpoint)\.rs$/u, /^[\w ]+$/u, "others' words that are looked for"],
  [/^oauth\/client\.rs$|^oauth\/token_endpoint\.rs$/u, /^(?:Basic|Bearer|select_account) /u, "parts of requests"],
  [/^chat\/when\/sign\.rs$/u, /^fortnight fortnights /u, "words that are read"],
  [/^oauth\/provider\/jira_data_center\.rs$/u, /^Jira Data Center$/u, "a product's name"],
]);

/** Whether the parts stand in the text, in their order. @param {string[]} parts @param {string} text */
function inOrder(parts, text) {
  let at = 0;
  for (const part of parts) {
    const next = text.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return true;
}

test("whatever the backend says has its words in every language", async () => {
  for (const language of languages) {
    const known = Object.values(await saidIn(language)).flatMap((texts) => Object.keys(texts));
    const whole = new Set(known.map(numbered));
    // what ends one sentence and begins another stands there in two
    const inPieces = (/** @type {string} */ text) =>
      text.split(/(?<=[.?!])(?:\$\d)? /u).every((piece) => whole.has(numbered(piece.replace(/^\$\d /u, ""))));
    const isKnown = (/** @type {string} */ text) =>
      whole.has(numbered(text.replace(/^\$\d /u, ""))) ||
      whole.has(numbered(text.replace(/ \$\d$/u, ""))) ||
      inPieces(text.trim()) ||
      known.some((key) => inOrder(text.trim().split(/\$\d/u), key));
    const missing = sources.flatMap(({ name, found }) =>
      found
        .filter(({ text, before }) => /\p{L}\S* \S*\p{Ll}/u.test(text) && !before.trimEnd().endsWith("expect("))
        .filter(({ text }) => !AS_IT_IS.some(([file, words]) => file.test(name) && words.test(text.trim())))
        .filter(({ text }) => !isKnown(text))
        .map(({ text, line }) => `src/${name}:${line}: ${text}`),
    );
    assert.deepEqual(missing, [], `${language}: a sentence of the backend is not in said.json`);
  }
  assert.ok(sources.flatMap(({ found }) => found).length > 5_000, "the reader of Rust still finds the texts");
});

test("each exception is one", () => {
  for (const [file, words, why] of AS_IT_IS)
    assert.ok(
      sources.some(({ name, found }) => file.test(name) && found.some(({ text }) => words.test(text.trim()))),
      `${file} ${words}: ${why}`,
    );
});

test("nothing is translated that the backend does not say", async () => {
  const all = sources.flatMap(({ found }) => found.map(({ text }) => text));
  const lexicon = await read("src/chat/lexicon/phrases.txt");
  const whole = new Set(all.flatMap((text) => [numbered(text), numbered(`${text}$1`), numbered(`$1${text}`)]));
  const parts = new Set(all.flatMap((text) => text.split(/\$\d|\{\*?\}/u).map((part) => part.trim())));
  const corpus = ` ${[...all, lexicon].join(" \n ")} `;
  /** Whether the words are made of pieces that the sources hold: whole texts, or at least two words that stand together. @param {string[]} words */
  const isMade = (words) => {
    for (let at = 0; at < words.length; ) {
      let end = words.length;
      const piece = () => words.slice(at, end).join(" ");
      while (end > at && !(parts.has(piece()) || (end - at > 1 && corpus.includes(piece())))) end -= 1;
      if (end === at) return false;
      at = end;
    }
    return true;
  };
  const words = (/** @type {string} */ text) => text.split(/[\s“”:,.()?]+/u).filter(Boolean);
  const loose = ` ${words(corpus).join(" ")} `;
  const left = keys.filter(
    (key) =>
      !whole.has(numbered(key)) &&
      !key.split(/\$\d/u).every((part) => isMade(words(part)) || loose.includes(` ${words(part).join(" ")} `)),
  );
  assert.deepEqual(left, []);
});

for (const language of languages) {
  test(`${language} tells each text in its own words, with what is filled in`, async () => {
    const said = await saidIn(language);
    const apart = new Set(["choices", "reports", "names", "values", "rows", "joints", "circumstances"]);
    const here = translator(said);
    const fill = (/** @type {string} */ text) => text.replace(/[$&@%#](\d)/gu, "Xy$1");
    assert.deepEqual(Object.keys(said), Object.keys(german));
    for (const [group, texts] of Object.entries(said)) {
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(german[group]).sort(), group);
      for (const [english, own] of Object.entries(texts)) {
        assert.notEqual(own.trim(), "", english);
        const [asked, given] = [english, own].map(
          (text) => new Set([...text.matchAll(/[$&@%#](\d)/gu)].map(([, at]) => at)),
        );
        assert.ok(
          [...given].every((blank) => asked.has(blank)),
          `${english}: ${own}`,
        );
        if (!apart.has(group)) assert.equal(here({ message: fill(english) }).message, fill(own), group);
      }
    }
  });
}

/** Words that are English and not German, outside what is quoted or in code. */
const ENGLISH =
  /\b(?:the|is|are|whose|with|without|of|and|or|not|you|your|this|that|it|by|from|issues?|has|be|does|there)\b/u;
/** Names and JQL in what is told; both stay. */
const QUOTED = /(?:Jira sagt|Ziel): [^.]*\.|[“„"'][^”“"']*[”“"']|\b[A-Z]{2,}\b[^.]*|\([^)]*\)|https?:\S+/gu;
const isEnglish = (/** @type {string} */ text) => ENGLISH.test(text.replace(QUOTED, ""));

/** All texts of an answer with where they stand, as `plan.title`. @param {any} whole @param {string} [name] @returns {[string, string][]} */
const texts = (whole, name = "") =>
  Object.entries(whole ?? {}).flatMap(([key, part]) => {
    const here = Array.isArray(whole) ? name : key;
    if (typeof part === "string")
      return [/** @type {[string, string]} */ ([Array.isArray(whole) ? name : `${name}.${key}`, part])];
    return part && typeof part === "object" ? texts(part, here) : [];
  });

/** Said by the worker's script or the browser, in the person's language already. */
const OTHERS = [/WebAssembly/u, /Load it anew/u, /went wrong inside/u];

test("a German page shows no English sentence of the backend, in any state there is a picture of", () => {
  const shown =
    /(?:^|\.)(?:message|meaning|reading|cause|problem|warnings|undo_note|twice|button)$|^(?:plan|job|item|cards)\.title$/u;
  let seen = 0;
  const left = new Set();
  for (const { setting } of states)
    for (const part of [setting.oneShot, setting.streams]) {
      const before = texts(part);
      const after = texts(tell(structuredClone(part)));
      before.forEach(([name, text], at) => {
        if (!shown.test(name) || OTHERS.some((other) => other.test(text)) || TEXTS.some((each) => text.includes(each)))
          return;
        const [, own] = after[at];
        seen += own === text ? 0 : 1;
        if ((own === text && / /u.test(text)) || isEnglish(own)) left.add(`${name}: ${own}`);
      });
    }
  assert.ok(seen > 300, `${seen}`);
  assert.deepEqual(
    [...left].filter((text) => !/onerror|: (?:Maria Lindqvist|Sprint 12)$/u.test(text)),
    [],
  );
});

test("what the tests of the backend expect it to say is told without English", async () => {
  const left = [];
  let seen = 0;
  const whole = (await readdir(join(root, "tests/it"))).filter((name) => name.endsWith(".rs"));
  const files = [
    ...names.filter((name) => /(?:^|\/)tests?(?:\.rs|\/)/u.test(name)).map((name) => `src/${name}`),
    ...whole.map((name) => `tests/it/${name}`),
  ];
  for (const name of files)
    for (const { text, line } of literals(await read(name))) {
      const own = told(text);
      const isSentence = /^[\p{Lu}“].*[.?!]$/u.test(text) || name === "src/jql/explain/tests.rs";
      // what is asked there, as JQL or in words, is none; and what can be asked stays English
      if (own === text || !isSentence || / is empty$|: log 1h/u.test(text)) continue;
      seen += 1;
      if (isEnglish(own)) left.push(`${name}:${line}: ${own}`);
    }
  assert.ok(seen > 140, `${seen}`);
  assert.deepEqual(left, []);
});

test("sentences one behind the other, phrases in sentences and lists are each told", () => {
  for (const [english, own] of [
    [
      "You may not change this in Jira. Jira says: No such field Ask the project's administrator for access.",
      "Sie dürfen das in Jira nicht ändern. Jira sagt: No such field Bitten Sie die Projektadministration um Zugriff.",
    ],
    ["assigned to you", "Ihnen zugewiesen"],
    [
      "either assigned to you or reported by Maria or Ana",
      "entweder Ihnen zugewiesen oder von Maria oder Ana gemeldet",
    ],
    ["not (with status Done or assigned to you)", "nicht (mit Status Done oder Ihnen zugewiesen)"],
    ["newest first, then by key ascending", "neueste zuerst, dann nach Schlüssel aufsteigend"],
    ["created in the last 7 days", "erstellt in den letzten 7 Tagen"],
    [
      "whose fix version changed from 1.0 to 2.0 in the last 7 days",
      "deren Lösungsversion sich geändert hat: von 1.0 zu 2.0 in den letzten 7 Tagen",
    ],
    ["due by the end of this week", "fällig bis Ende dieser Woche"],
    ["Take back: Move 3 issues to Done", "Rückgängig machen: 3 Vorgänge nach Done verschieben"],
    ["2 of 3 changes are made, 1 could not be made.", "2 von 3 Änderungen sind gemacht, 1 nicht möglich."],
  ])
    assert.equal(told(english), own);
});

test("names, keys, JQL and the person's own words stay as they are", () => {
  const answer = {
    account: { name: "by hand", label: "Done", site: { name: "by hand" } },
    items: [{ kind: "issues", issues: [{ summary: "You may not edit this issue.", message: "by hand" }] }],
    clauses: [{ jql: "assignee = currentUser()", words: "assigned to you", meaning: "assigned to you" }],
    choices: [{ label: "Done", text: "Search without that", value: "Search without that" }],
    rows: [{ key: "MOB-1", summary: "by hand", changes: [{ field: "Status", before: "Done", after: "Open" }] }],
    missing: [{ field: "assignee", name: "Assignee", message: "It has to be filled in." }],
  };
  const after = tell(structuredClone(answer));
  assert.deepEqual(after, {
    ...answer,
    clauses: [{ ...answer.clauses[0], meaning: "Ihnen zugewiesen" }],
    missing: [{ field: "assignee", name: "Bearbeiter", message: "Das muss ausgefüllt werden." }],
  });
  assert.equal(told("in project Research and Development"), "im Projekt Research and Development");
  assert.equal(told("with status Done or Resolved"), "mit Status Done oder Resolved");
  assert.equal(told("Change Assignee, Story points of 3 issues"), "Bearbeiter, Story points ändern: 3 Vorgänge");
});

test("what is filled in can hold anything, and the time stays short", () => {
  const hostile = [
    ...TEXTS,
    "$1 $2 &1 %1",
    "$& $` $' $$",
    "(.*)+$",
    "[a-z]{2,}|\\",
    "You may not edit this issue.",
    "__proto__",
    "constructor",
    "toString",
  ];
  for (const text of hostile.map((each) => each.slice(0, 300))) {
    assert.equal(told(`There is no field “${text}”.`), `Das Feld „${text}“ gibt es nicht.`);
    assert.equal(told(`Issues that say nothing of ${text}`), `Issues that say nothing of ${text}`);
    assert.deepEqual(tell({ [text]: text, kind: text }), { [text]: text, kind: text });
  }
  const long = [
    "a",
    "not ",
    "either ",
    "(",
    "and or ",
    "x or y and ",
    ". ",
    "Jira says: ",
    "“",
    "in project a, ",
    "Take back: ",
  ];
  const spent = () => process.cpuUsage().user / 1000; // a busy machine takes its time elsewhere
  const begun = spent();
  for (const piece of long)
    for (const size of [10_000, 2_000]) told(piece.repeat(Math.ceil(size / piece.length)).slice(0, size));
  assert.ok(spent() - begun < 3_000, `${spent() - begun} ms`);
  assert.equal(told("a".repeat(10_000)), "a".repeat(10_000));
});

test("an English page changes nothing and loads nothing", async () => {
  const { teller } = await import("../../www/lib/chosen-language.js");
  const answer = { message: "You may not edit this issue." };
  const same = teller("en", () => assert.fail("nothing is to be loaded"))(answer);
  assert.equal(same, answer);
  assert.equal((await messages("en")).language_tag.message, "en");
});

test("answers that come while the texts still load keep their order, and without the texts they stay as they are", async () => {
  const { teller } = await import("../../www/lib/chosen-language.js");
  const file = `data:application/json,${encodeURIComponent(JSON.stringify(german))}`;
  const script = new URL("../../www/lib/said.js", import.meta.url).href;
  const here = teller("de", (path) => (path.endsWith(".js") ? script : file));
  const order = /** @type {string[]} */ ([]);
  const later = ["assigned to you", "by hand"].map(async (message) => order.push((await here({ message })).message));
  await Promise.all(later);
  assert.deepEqual(order, ["Ihnen zugewiesen", "von Hand"]);
  assert.equal(here({ message: "by hand" }).message, "von Hand", "at once from then on");
  assert.deepEqual(
    await teller("xx", (path) => (path.endsWith(".js") ? script : "data:application/json,none"))({
      message: "by hand",
    }),
    {
      message: "by hand",
    },
  );
});
