/*
 * Rich text for tests: the tool that translates it, Atlassian's own schema as a judge of documents and as a source of random
 * ones, and random texts that are more or less markup.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import Ajv from "ajv-draft-04";
import { ROOT } from "../tools/tree.mjs";

const load = createRequire(import.meta.url);
const PROGRAM = process.env.RICH ?? join(ROOT, "target", "debug", "rich");
const FOLDER = "@atlaskit/adf-schema/dist/json-schema/v1";

/** @typedef {Record<string, any>} Json */
/** @typedef {{ from: "markdown" | "wiki" | "adf", text: unknown }} Source */
/** @typedef {{ id: number, adf: Json, markdown: string, wiki: string, text: string }} Translated */

/** All sources in all forms, in their order. @param {Source[]} sources @returns {Translated[]} */
export function translated(sources) {
  const input = sources.map((source, id) => JSON.stringify({ id, ...source })).join("\n");
  const run = spawnSync(PROGRAM, { input, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (run.error) throw new Error(`${PROGRAM} does not run; ./build.sh test builds it`, { cause: run.error });
  assert.equal(run.status, 0, run.stderr);
  const answers = run.stdout.split("\n").filter(Boolean);
  assert.equal(answers.length, sources.length);
  return answers.map((line) => JSON.parse(line));
}

/** Numbers that look random and are the same in every run. RICH_SEED asks for others, RICH_ROUNDS for so many times more. */
export class Random {
  #state;

  /** @param {number} number of the test */
  constructor(number) {
    this.#state = (Number(process.env.RICH_SEED ?? 1) * 1_000_003 + number) >>> 0;
  }

  /** A number below this one. @param {number} limit */
  below(limit) {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  /** @template T @param {readonly T[]} of @returns {T} */
  one(of) {
    return /** @type {T} */ (of[this.below(of.length)]);
  }

  /** As many as asked for, times the rounds. @template T @param {number} count @param {() => T} make @returns {T[]} */
  many(count, make) {
    return Array.from({ length: count * Number(process.env.RICH_ROUNDS ?? 1) }, make);
  }
}

const full = load(`${FOLDER}/full.json`);
// The judge of what we write knows only what is released; what we read may also hold what is still tried out.
const trial = load(`${FOLDER}/stage-0.json`);
const judge = new Ajv.default({ allErrors: false, strict: false }).compile(full);

/** What is wrong with a document; null when nothing is. @param {unknown} document @returns {string | null} */
export function wrong(document) {
  if (judge(document)) return null;
  return JSON.stringify(judge.errors?.slice(-1));
}

/** Signs that mean something somewhere, to be put next to words. */
const SIGNS = [
  ...[
    "",
    "",
    "",
    " ",
    "*",
    "**",
    "_",
    "~~",
    "~",
    "`",
    "#",
    "# ",
    "- ",
    "+",
    "1. ",
    "> ",
    "|",
    "||",
    "[",
    "](",
    "]",
    "!",
    "{",
  ],
  ...[
    "}",
    "{{",
    "\\",
    "\\\\",
    "<",
    "&amp;",
    "h1. ",
    "bq. ",
    "{quote}",
    "{code}",
    "----",
    "^",
    "??",
    "(/)",
    ":)",
    "\n",
    "😀 ",
  ],
];

/** Addresses, the first four of which are none that may be linked to. */
export const ADDRESSES = ["javascript:alert(1)", "data:text/html,a", "/relative", "x", "https://a.b/c", "mailto:a@b.c"];

const COLORS = ["#ff5630", "#00AA00"];

/** Members of nodes that a person reads. Others get values without words. */
const READABLE = ["text", "alt", "title"];

/** Makes documents by the schema. Each text in them has a word of its own. */
export class Maker {
  #random;
  #words = 0;
  /** @type {Map<string, number>} */
  #heights = new Map();

  /** @param {Random} random */
  constructor(random) {
    this.#random = random;
  }

  /** A document that the schema allows. */
  valid() {
    return this.#value({ $ref: "#/definitions/doc_node" }, 0, "");
  }

  /** A document with nodes of any kind in any place, some of them of no known kind. */
  nonsense() {
    const content = Array.from({ length: 1 + this.#random.below(3) }, () => this.#anything(0));
    return { type: "doc", version: 1, content };
  }

  /** @param {number} depth @returns {Json} */
  #anything(depth) {
    const nodes = Object.keys(trial.definitions).filter((name) => name.endsWith("_node") && name !== "doc_node");
    const node = this.#value({ $ref: `#/definitions/${this.#random.one(nodes)}` }, 99, "");
    if (this.#random.below(8) === 0) {
      node.type = "unheardOf";
      if (this.#random.below(2) === 0) node.text = this.word();
    } else if (this.#random.below(4) !== 0 && !nodeOf(node.type).properties.content) {
      return node;
    }
    const many = depth > 4 ? 0 : this.#random.below(4);
    node.content = Array.from({ length: many }, () => this.#anything(depth + 1));
    if (this.#random.below(6) === 0) node.marks = [{ type: "unheardOf", attrs: { a: 1 } }];
    return node;
  }

  /** A word that is nowhere else, with some signs around it. */
  word() {
    this.#words += 1;
    return `${this.#random.one(SIGNS)}x${this.#words}x${this.#random.one(SIGNS)}`;
  }

  /** @param {Json} schema @param {number} depth @param {string} name @returns {any} */
  #value(schema, depth, name) {
    if (schema.$ref) return this.#value(definition(schema.$ref), depth, name);
    if (schema.allOf) return this.#value(merged(schema.allOf), depth, name);
    if (schema.anyOf) return this.#value(this.#choice(schema.anyOf, depth), depth, name);
    if (schema.enum) return this.#random.one(schema.enum);
    if (schema.type === "object") return this.#object(schema, depth);
    if (schema.type === "array") return this.#array(schema, depth, name);
    if (schema.type === "string") return this.#string(schema, name);
    if (schema.type === "number") return (schema.minimum ?? 1) + this.#random.below(3);
    if (schema.type === "boolean") return this.#random.below(2) === 0;
    return {};
  }

  /** @param {Json[]} all @param {number} depth @returns {Json} */
  #choice(all, depth) {
    const text = all.find((one) => one.$ref === "#/definitions/formatted_text_inline_node");
    if (text && this.#random.below(2) === 0) return text;
    if (depth < 12) return this.#random.one(all);
    const heights = all.map((one) => this.#height(one));
    return /** @type {Json} */ (all[heights.indexOf(Math.min(...heights))]);
  }

  /** @param {Json} schema @param {number} depth */
  #object(schema, depth) {
    const all = Object.entries(schema.properties ?? {});
    const taken = all.filter(([name]) => {
      if (schema.required?.includes(name)) return true;
      return name === "content" ? depth < 99 : this.#random.below(2) === 0;
    });
    return Object.fromEntries(
      taken.map(([name, inside]) => [name, this.#value(/** @type {Json} */ (inside), depth + 1, name)]),
    );
  }

  /** @param {Json} schema @param {number} depth @param {string} name @returns {any[]} */
  #array(schema, depth, name) {
    const [least, most] = [Math.max(schema.minItems ?? 0, depth < 3 ? 1 : 0), schema.maxItems ?? 4];
    const many = depth > 12 && name !== "marks" ? least : Math.min(most, least + this.#random.below(4));
    const inside = (/** @type {number} */ at) => (Array.isArray(schema.items) ? schema.items[at] : schema.items);
    const indices = Array.from({ length: many }, (_, at) => at).filter((at) => inside(at));
    const values = indices.map((at) => this.#value(inside(at), depth + 1, ""));
    // No node has a mark twice.
    const first = (/** @type {Json} */ mark, /** @type {number} */ at) =>
      values.findIndex((one) => one.type === mark.type) === at;
    return name === "marks" ? values.filter(first) : values;
  }

  /** @param {Json} schema @param {string} name @returns {string} */
  #string(schema, name) {
    if (schema.pattern) return this.#random.one(COLORS);
    if (name === "shortName") return ":smile:";
    if (name === "timestamp") return String(this.#random.below(20_000) * 86_400_000);
    if (name === "href" || name === "url") return this.#random.one(ADDRESSES);
    if (name === "language") return this.#random.one(["rust", "c++", ""]);
    return READABLE.includes(name) ? this.word() : `id-${this.#random.below(1000)}`;
  }

  /** How deep the flattest value of a schema is. @param {Json} schema @returns {number} */
  #height(schema) {
    if (schema.$ref) {
      const known = this.#heights.get(schema.$ref);
      if (known !== undefined) return known;
      this.#heights.set(schema.$ref, 1000);
      const height = this.#height(definition(schema.$ref));
      this.#heights.set(schema.$ref, height);
      return height;
    }
    if (schema.allOf) return this.#height(merged(schema.allOf));
    if (schema.anyOf) return Math.min(...schema.anyOf.map((/** @type {Json} */ one) => this.#height(one)));
    const needed = schema.required?.includes("content")
      ? schema.properties.content
      : schema.minItems
        ? schema.items
        : null;
    if (!needed) return 1;
    return 1 + this.#height(Array.isArray(needed) ? needed[0] : needed);
  }
}

/** @param {string} ref @returns {Json} */
function definition(ref) {
  return trial.definitions[ref.slice("#/definitions/".length)];
}

/** The schema of the nodes of one type. @param {string} type @returns {Json} */
function nodeOf(type) {
  const all = Object.keys(trial.definitions).map((name) => merged([{ $ref: `#/definitions/${name}` }]));
  return /** @type {Json} */ (all.find((one) => one.properties.type?.enum?.[0] === type));
}

/** What several schemas say together; the later ones are the narrower. @param {Json[]} all @returns {Json} */
function merged(all) {
  const flat = all
    .map((one) => (one.$ref ? definition(one.$ref) : one))
    .map((one) => (one.allOf ? merged(one.allOf) : one));
  const properties = Object.assign({}, ...flat.map((one) => one.properties));
  return { type: "object", properties, required: flat.flatMap((one) => one.required ?? []) };
}

/** @type {Record<"markdown" | "wiki", string[]>} */
const PIECES = {
  markdown: [
    ...[
      "a",
      "b c",
      " ",
      "  ",
      "\n",
      "\n\n",
      "    ",
      "\t",
      "\\",
      "\\\n",
      "*",
      "**",
      "***",
      "_",
      "__",
      "~~",
      "`",
      "``",
      "```\n",
    ],
    ...[
      "[",
      "]",
      "(",
      ")",
      "](https://a.b)",
      "](javascript:a)",
      "![",
      "](media:c/i)",
      "](attachment:x.png)",
      "{.underline}",
    ],
    ...[
      "{.status color=red}",
      "{mention=1}",
      "{.date}",
      "2026-11-21",
      "{color=#ff0000}",
      "{.br}",
      "<https://a.b>{.card}",
      "<",
    ],
    ...[
      "> ",
      "> [!INFO]\n> ",
      "> [!EXPAND] t\n",
      "- ",
      "* ",
      "1. ",
      "2) ",
      "- [ ] ",
      "- [x] ",
      "- [!] ",
      "# ",
      "---\n",
      "|",
    ],
    ...["| a | b |\n|---|---|\n", "https://a.b/c.", "{emoji=:x:}"],
  ],
  wiki: [
    ...[
      "a",
      "b c",
      " ",
      "\n",
      "\n\n",
      "\\",
      "\\\\",
      "*",
      "_",
      "-",
      "+",
      "^",
      "~",
      "??",
      "{*}",
      "{{",
      "}}",
      "{color:red}",
      "{color}",
    ],
    ...[
      "{quote}",
      "{panel}",
      "{panel:title=T}",
      "{panel:bgColor=#deebff}",
      "{code}",
      "{code:java}",
      "{noformat}",
      "h1. ",
      "bq. ",
    ],
    ...[
      "----\n",
      "* ",
      "** ",
      "# ",
      "## ",
      "*# ",
      "- ",
      "||",
      "|",
      "|a|",
      "[",
      "]",
      "[a|https://b.c]",
      "[https://b.c]",
      "[~maria]",
    ],
    ...["[^x.png]", "[a|javascript:b]", "!x.png!", "!https://a.b/c.png!", "https://a.b/c", "(/)", "{", "}", "☐ ", "☑ "],
  ],
};

/** A text of pieces of markup. @param {Random} random @param {"markdown" | "wiki"} form */
export function pieces(random, form) {
  return Array.from({ length: random.below(16) }, () => random.one(PIECES[form])).join("");
}

/** A text with something left out, doubled or put in. @param {Random} random @param {string} text @param {"markdown" | "wiki"} form */
export function broken(random, text, form) {
  const characters = [...text];
  for (let times = random.below(4); times >= 0; times -= 1) {
    const from = random.below(characters.length + 1);
    const some = characters.slice(from, from + random.below(6));
    if (random.below(3) === 0) characters.splice(from, some.length);
    else
      characters.splice(
        random.below(characters.length + 1),
        0,
        ...(random.below(2) === 0 ? some : random.one(PIECES[form])),
      );
  }
  return characters.join("");
}
