/* What we write as Atlassian Document Format is valid by Atlassian's own schema, and what we read keeps its texts. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SHARED } from "./openapi.mjs";
import { broken, Maker, pieces, Random, translated, wrong } from "./rich.mjs";

/** @typedef {import("./rich.mjs").Source} Source */

/** Fails with the shortest that is wrong. @param {{ source: unknown, adf: object, problem: string | null }[]} judged */
function allRight(judged) {
  const failures = judged
    .filter((one) => one.problem !== null)
    .map((one) => `${one.problem}\n${JSON.stringify(one.source)}`);
  const shortest = failures.sort((one, other) => one.length - other.length)[0];
  assert.equal(failures.length, 0, `${failures.length} of ${judged.length}; the shortest:\n${shortest}`);
}

/** @param {Source[]} sources */
function written(sources) {
  return translated(sources).map(({ adf }, at) => ({ source: sources[at]?.text, adf, problem: wrong(adf) }));
}

test("what is made of random texts is valid", () => {
  const random = new Random(1);
  for (const form of /** @type {const} */ (["markdown", "wiki"])) {
    allRight(written(random.many(4_000, () => ({ from: form, text: pieces(random, form) }))));
    const maker = new Maker(random);
    const whole = translated(random.many(2_000, () => ({ from: "adf", text: maker.valid() })));
    allRight(written(whole.map((one) => ({ from: form, text: broken(random, one[form], form) }))));
  }
});

/** Every kind of node and mark that we write. */
const KINDS = [
  ...[
    "blockCard",
    "blockquote",
    "bulletList",
    "codeBlock",
    "date",
    "decisionItem",
    "decisionList",
    "doc",
    "emoji",
    "expand",
  ],
  ...[
    "hardBreak",
    "heading",
    "inlineCard",
    "listItem",
    "media",
    "mediaInline",
    "mediaSingle",
    "mention",
    "nestedExpand",
  ],
  ...[
    "orderedList",
    "panel",
    "paragraph",
    "rule",
    "status",
    "table",
    "tableCell",
    "tableHeader",
    "tableRow",
    "taskItem",
  ],
  ...[
    "taskList",
    "text",
    "backgroundColor",
    "code",
    "em",
    "link",
    "strike",
    "strong",
    "subsup",
    "textColor",
    "underline",
  ],
];

test("what is made of random documents is valid, sensible or not", () => {
  const random = new Random(2);
  const maker = new Maker(random);
  const valid = random.many(4_000, () => ({ from: /** @type {const} */ ("adf"), text: maker.valid() }));
  const nonsense = random.many(4_000, () => ({ from: /** @type {const} */ ("adf"), text: maker.nonsense() }));
  const judged = [...written(valid), ...written(nonsense)];
  allRight(judged);
  const found = new Set(
    judged.flatMap(({ adf }) => [...JSON.stringify(adf).matchAll(/"type":"([A-Za-z]+)"/g)].map(([, kind]) => kind)),
  );
  assert.deepEqual(
    KINDS.filter((kind) => !found.has(kind)),
    [],
    "not made, so not judged",
  );
});

/** @param {string} type @param {...unknown} content */
const node = (type, ...content) => ({ type, content });
const word = { type: "text", text: "word" };
const line = node("paragraph", word);
const item = node("listItem", line);
/** @param {string} type @param {object} [attrs] */
const marked = (type, attrs) => ({ ...word, marks: [attrs ? { type, attrs } : { type }] });

/** Mistakes that a writer could make, one in each. @type {Record<string, unknown[]>} */
const MISTAKES = {
  "a text that is empty": [node("paragraph", { type: "text", text: "" })],
  "a text without a paragraph": [word],
  "a paragraph in a paragraph": [node("paragraph", line)],
  "an unknown node": [node("unheardOf", line)],
  "an unknown mark": [node("paragraph", marked("unheardOf"))],
  "program text that is bold": [node("paragraph", { ...word, marks: [{ type: "code" }, { type: "strong" }] })],
  "a link without an address": [node("paragraph", marked("link"))],
  "a colour by its name": [node("paragraph", marked("textColor", { color: "red" }))],
  "a bold line in a code block": [node("codeBlock", marked("strong"))],
  "a heading without a level": [node("heading", word)],
  "a heading of the seventh level": [{ ...node("heading", word), attrs: { level: 7 } }],
  "a heading in an item": [node("bulletList", node("listItem", { ...node("heading", word), attrs: { level: 1 } }))],
  "a list without items": [node("bulletList")],
  "a line in a list": [node("bulletList", line)],
  "an item without a list": [item],
  "an item without lines": [node("bulletList", node("listItem"))],
  "a quote in a quote": [node("blockquote", node("blockquote", line))],
  "a quote in an item": [node("bulletList", node("listItem", node("blockquote", line)))],
  "a panel without a kind": [node("panel", line)],
  "a panel in a panel": [
    { ...node("panel", { ...node("panel", line), attrs: { panelType: "info" } }), attrs: { panelType: "info" } },
  ],
  "a table in a panel": [
    { ...node("panel", node("table", node("tableRow", node("tableCell", line)))), attrs: { panelType: "info" } },
  ],
  "a cell without lines": [node("table", node("tableRow", node("tableCell")))],
  "a table in a cell": [node("table", node("tableRow", node("tableCell", node("table", node("tableRow")))))],
  "an expand in an expand": [node("expand", { ...node("expand", line), attrs: { title: "" } })],
  "a task without an id": [
    { ...node("taskList", { ...node("taskItem", word), attrs: { state: "DONE" } }), attrs: { localId: "1" } },
  ],
  "a task with a paragraph": [
    {
      ...node("taskList", { ...node("taskItem", line), attrs: { localId: "2", state: "DONE" } }),
      attrs: { localId: "1" },
    },
  ],
  "a status without a word": [node("paragraph", { type: "status", attrs: { text: "", color: "red" } })],
  "a status of an odd colour": [node("paragraph", { type: "status", attrs: { text: "a", color: "pink" } })],
  "a mention of nobody": [node("paragraph", { type: "mention", attrs: { text: "@a" } })],
  "a date that is a number": [node("paragraph", { type: "date", attrs: { timestamp: 1 } })],
  "a picture without a frame": [{ type: "media", attrs: { type: "external", url: "https://a.b/c.png" } }],
  "a file without an id": [node("mediaSingle", { type: "media", attrs: { type: "file", id: "", collection: "" } })],
  "a picture of another site within a line": [
    node("paragraph", { type: "mediaInline", attrs: { type: "external", url: "https://a.b" } }),
  ],
  "a card without an address": [{ type: "blockCard", attrs: {} }],
};

test("the judge refuses every mistake, and nothing else", () => {
  assert.equal(wrong({ type: "doc", version: 1, content: [line, node("bulletList", item)] }), null);
  assert.notEqual(wrong({ type: "doc", content: [line] }), null, "a document without a version");
  assert.notEqual(wrong({ type: "doc", version: 1, content: [line], odd: 1 }), null, "a member that is none");
  for (const [what, content] of Object.entries(MISTAKES))
    assert.notEqual(wrong({ type: "doc", version: 1, content }), null, what);
  const maker = new Maker(new Random(4));
  const nonsense = Array.from({ length: 300 }, () => maker.nonsense());
  assert.ok(nonsense.filter((document) => wrong(document) !== null).length > 250, "most nonsense is refused");
});

test("no mistake gets through the reader into what is written", () => {
  const sources = Object.values(MISTAKES).map((content) => ({
    from: /** @type {const} */ ("adf"),
    text: { type: "doc", content },
  }));
  allRight(written(sources));
});

/**
 * Every text in a document, from top to bottom, as a person reads it there.
 * @param {any} node
 * @returns {string[]}
 */
function texts(node) {
  const own = node.attrs ?? {};
  /** @type {Record<string, unknown>} */
  const says = {
    text: node.text,
    mention: own.text,
    emoji: own.text || own.shortName,
    media: own.alt,
    mediaInline: own.alt,
  };
  const words = node.type in says ? [says[node.type]] : [node.text, own.text, own.title, own.alt];
  const said = words.filter((word) => typeof word === "string" && word !== "");
  return [...said, ...(node.content ?? []).flatMap(texts)];
}

/** The words in the names of people. @param {any} node @returns {string[]} */
function mentions(node) {
  const own = node.type === "mention" ? marks(node.attrs.text ?? "") : [];
  return [...own, ...(node.content ?? []).flatMap(mentions)];
}

/** The words that stand nowhere else, in their order. @param {string} text */
const marks = (text) => text.match(/x\d+x/g) ?? [];

test("no text of a document is thrown away, and the order stays", () => {
  const random = new Random(5);
  const maker = new Maker(random);
  const documents = [...random.many(4_000, () => maker.valid()), ...random.many(4_000, () => maker.nonsense())];
  const all = translated(documents.map((text) => ({ from: "adf", text })));
  for (const form of /** @type {const} */ (["markdown", "wiki", "text"])) {
    const judged = all.map((one, at) => {
      // Data Center names people by their ids, so their names need not be there.
      const names = new Set(form === "wiki" ? mentions(documents[at]) : []);
      const said = (/** @type {string} */ text) =>
        marks(text)
          .filter((word) => !names.has(word))
          .join(" ");
      const [expected, found] = [said(texts(documents[at]).join(" ")), said(one[form])];
      const problem = expected === found ? null : `${form}: ${expected}\n became ${found}\n${one[form]}`;
      return { source: documents[at], adf: one.adf, problem };
    });
    allRight(judged);
  }
});

const folder = join(SHARED, "jira-samples");
const skip = existsSync(folder) ? false : "the samples of real answers are not beside the repository";

test("no text of a real answer is thrown away", { skip }, () => {
  /** @type {any[]} */
  const documents = [];
  const look = (/** @type {any} */ value) => {
    if (value === null || typeof value !== "object") return;
    if (value.type === "doc") documents.push(value);
    else Object.values(value).forEach(look);
  };
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    look(JSON.parse(readFileSync(join(folder, name), "utf8")));
  }
  assert.ok(documents.length > 0, "there are documents");
  const letters = (/** @type {string} */ text) => text.replace(/[^\p{L}\p{N}]/gu, "");
  for (const [at, one] of translated(documents.map((text) => ({ from: "adf", text }))).entries()) {
    assert.equal(wrong(one.adf), null);
    for (const form of /** @type {const} */ (["markdown", "wiki", "text"])) {
      let rest = letters(one[form]);
      for (const text of texts(documents[at]).map(letters)) {
        assert.ok(rest.includes(text), `${form}: ${text} is in ${one[form]}`);
        rest = rest.slice(rest.indexOf(text) + text.length);
      }
    }
  }
});
