// Reads the types that the backend writes for the pages, holds values against them, and tells which of their cases were seen.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./harness.mjs";

/**
 * @typedef {{ is: "any" | "string" | "number" | "boolean" | "null" | "never" } | { is: "literal", value: string }
 *   | { is: "name", name: string } | { is: "list", of: Type } | { is: "tuple", of: Type[] } | { is: "either", of: Type[] }
 *   | { is: "both", of: Type[] } | { is: "object", fields: Record<string, { type: Type, optional: boolean }> }} Type
 */

const WORDS = ["string", "number", "boolean", "null", "never"];

/** A reader of the few forms of types that the contract is written in. */
class Reader {
  #tokens;
  #at = 0;

  /** @param {string} text */
  constructor(text) {
    const bare = text.replace(/\/\*.*?\*\//gsu, " ");
    this.#tokens = bare.match(/"[^"]*"|[A-Za-z_]\w*|[{}[\]<>|&:;,?=()]/gu) ?? [];
  }

  get next() {
    return this.#tokens[this.#at];
  }

  /** @param {string} token whether it comes next; it is passed over then */
  takes(token) {
    if (this.next !== token) return false;
    this.#at += 1;
    return true;
  }

  /** @param {string} token */
  expect(token) {
    if (!this.takes(token)) throw new Error(`the contract has ${this.next} where ${token} was expected`);
  }

  word() {
    return this.#tokens[this.#at++] ?? "";
  }

  /** @returns {Type} */
  type() {
    this.takes("|");
    const of = [this.#both()];
    while (this.takes("|")) of.push(this.#both());
    return of.length === 1 ? /** @type {Type} */ (of[0]) : { is: "either", of };
  }

  /** @returns {Type} */
  #both() {
    const of = [this.#single()];
    while (this.takes("&")) of.push(this.#single());
    return of.length === 1 ? /** @type {Type} */ (of[0]) : { is: "both", of };
  }

  /** @returns {Type} */
  #single() {
    const token = this.word();
    if (token.startsWith('"')) return { is: "literal", value: token.slice(1, -1) };
    if (token === "{") return { is: "object", fields: this.fields("}") };
    if (token === "[") return { is: "tuple", of: this.#several("]") };
    if (token === "keyof") return this.#single() && { is: "string" };
    if (token === "object") return { is: "any" };
    if (WORDS.includes(token)) return /** @type {Type} */ ({ is: token });
    if (!this.takes("<")) return { is: "name", name: token };
    const [of] = this.#several(">");
    return token === "Array" && of ? { is: "list", of } : { is: "any" };
  }

  /** @param {string} end @returns {Type[]} */
  #several(end) {
    const of = [];
    while (!this.takes(end)) {
      of.push(this.type());
      this.takes(",");
    }
    return of;
  }

  /** @param {string} end @returns {Record<string, { type: Type, optional: boolean }>} */
  fields(end) {
    /** @type {Record<string, { type: Type, optional: boolean }>} */
    const fields = {};
    while (!this.takes(end)) {
      const name = this.word().replaceAll('"', "");
      const optional = this.takes("?");
      this.expect(":");
      fields[name] = { type: this.type(), optional };
      if (!this.takes(",")) this.takes(";");
    }
    return fields;
  }
}

/** @returns {Map<string, Type>} every type of the contract by its name */
function readContract() {
  const reader = new Reader(readFileSync(join(root, "www/lib/contract.d.ts"), "utf8"));
  const types = new Map();
  while (reader.next) {
    reader.expect("export");
    const form = reader.word();
    const name = reader.word();
    reader.expect(form === "interface" ? "{" : "=");
    types.set(name, form === "interface" ? { is: "object", fields: reader.fields("}") } : reader.type());
    reader.takes(";");
  }
  return types;
}

const types = readContract();

/** @param {string} name @returns {Record<string, { type: Type, optional: boolean }>} the fields of an object of the contract */
function fieldsOf(name) {
  const type = types.get(name);
  if (type?.is !== "object") throw new Error(`the contract has no object ${name}`);
  return type.fields;
}

/** A case of a type as it is called here, none where it has no name of its own. @param {Type} type @returns {string | null} */
function caseOf(type) {
  if (type.is === "literal") return type.value;
  if (type.is === "both") return type.of.map(caseOf).find((name) => name !== null) ?? null;
  if (type.is !== "object") return null;
  const kind = type.fields.kind?.type;
  if (kind) return kind.is === "literal" ? kind.value : null;
  const [only, ...others] = Object.keys(type.fields);
  return only !== undefined && others.length === 0 ? only : null;
}

/** Holds a value against a type; what is wrong is said with its place. */
class Look {
  /** @type {Set<string>} the cases seen, such as `Health.fresh` */
  seen = new Set();
  /** @type {string[]} */
  problems = [];

  /** @param {Type} type @param {any} value @param {string} place @param {string} name what the type is called */
  at(type, value, place, name = "") {
    if (type.is === "name") return this.at(/** @type {Type} */ (types.get(type.name)), value, place, type.name);
    if (type.is === "any") return;
    if (type.is === "either") return this.#either(type.of, value, place, name);
    if (type.is === "both") return type.of.forEach((part) => this.at(part, value, place, ""));
    if (type.is === "object") return this.#object(type.fields, value, place);
    if (type.is === "list" || type.is === "tuple") return this.#list(type, value, place);
    const fits =
      type.is === "literal" ? value === type.value : type.is === "null" ? value === null : typeof value === type.is;
    if (!fits) this.problems.push(`${place} is ${JSON.stringify(value)}`);
  }

  /** @param {Type[]} cases @param {any} value @param {string} place @param {string} name */
  #either(cases, value, place, name) {
    const found = cases.find((each) => mayBe(each, value));
    if (!found)
      return void this.problems.push(`${place} is no ${name || "case"}: ${JSON.stringify(value)?.slice(0, 80)}`);
    const own = caseOf(found);
    if (name && own) this.seen.add(`${name}.${own}`);
    this.at(found, value, place);
  }

  /** @param {Record<string, { type: Type, optional: boolean }>} fields @param {any} value @param {string} place */
  #object(fields, value, place) {
    if (typeof value !== "object" || value === null)
      return void this.problems.push(`${place} is ${JSON.stringify(value)}`);
    for (const [name, { type, optional }] of Object.entries(fields)) {
      if (name in value) this.at(type, value[name], `${place}.${name}`);
      else if (!optional) this.problems.push(`${place} lacks ${name}`);
    }
  }

  /** @param {Extract<Type, { is: "list" | "tuple" }>} type @param {any} value @param {string} place */
  #list(type, value, place) {
    if (!Array.isArray(value)) return void this.problems.push(`${place} is no list`);
    value.forEach((each, index) => {
      const of = type.is === "list" ? type.of : type.of[index];
      if (of) this.at(of, each, `${place}[${index}]`);
    });
  }
}

/** Whether a value can be meant for this case, looking no deeper than its mark. @param {Type} type @param {any} value @returns {boolean} */
function mayBe(type, value) {
  if (type.is === "name") return mayBe(/** @type {Type} */ (types.get(type.name)), value);
  if (type.is === "either") return type.of.some((each) => mayBe(each, value));
  if (type.is === "both") return type.of.every((each) => mayBe(each, value));
  if (type.is === "literal") return value === type.value;
  if (type.is === "null") return value === null;
  if (type.is === "list" || type.is === "tuple") return Array.isArray(value);
  if (type.is !== "object") return type.is === "any" || typeof value === type.is;
  if (typeof value !== "object" || value === null) return false;
  const kind = type.fields.kind?.type;
  if (kind?.is === "literal") return value.kind === kind.value;
  const own = caseOf(type);
  return own === null || own in value;
}

/**
 * What a state's page is told, held against the contract.
 * @param {import("./harness.mjs").Setting} setting
 * @returns {{ seen: Set<string>, problems: string[] }} the cases it shows, and where it is not what the backend would say
 */
export function lookAt({ oneShot = {}, streams = {}, events = [] }) {
  const look = new Look();
  /** @type {Type} */
  const error = { is: "name", name: "ErrorView" };
  const answers = (/** @type {any} */ answer) =>
    answer?.cases ? [...answer.cases.map((/** @type {any[]} */ each) => each[1]), answer.otherwise] : [answer];
  for (const [command, given] of Object.entries(oneShot)) {
    const type = fieldsOf("Commands")[command]?.type;
    if (type?.is !== "object") look.problems.push(`there is no command ${command}`);
    for (const answer of answers(given).filter((each) => each && each !== "never")) {
      if (answer.ok && type?.is === "object")
        look.at(/** @type {Type} */ (type.fields.value?.type), answer.value, command);
      if (!answer.ok) look.at(error, answer.error, command);
    }
  }
  for (const [command, messages] of Object.entries(streams)) {
    const type = fieldsOf("Streams")[command]?.type;
    if (type?.is !== "object") look.problems.push(`there is no command ${command}`);
    for (const message of messages) {
      for (const part of ["item", "progress", "done"]) {
        if (part in message && type?.is === "object")
          look.at(/** @type {Type} */ (type.fields[part]?.type), message[part], `${command} ${part}`);
      }
      if (message.error) look.at(error, message.error, command);
    }
  }
  for (const event of events) look.at({ is: "name", name: "BackendEvent" }, event, "event");
  return look;
}

/** Every case of everything that the backend can answer, such as `Card.issues` or `Code.offline`. @returns {Set<string>} */
export function everyCase() {
  const cases = new Set();
  const done = new Set();
  const go = (/** @type {Type | undefined} */ type, name = "") => {
    if (type?.is === "name") {
      if (done.has(type.name)) return;
      done.add(type.name);
      return go(types.get(type.name), type.name);
    }
    if (type?.is === "either" && name) {
      for (const own of type.of.map(caseOf)) if (own) cases.add(`${name}.${own}`);
    }
    if (type?.is === "list") go(type.of);
    if (type?.is === "either" || type?.is === "both" || type?.is === "tuple") type.of.forEach((each) => go(each));
    if (type?.is === "object") Object.values(type.fields).forEach((field) => go(field.type));
  };
  go({ is: "name", name: "ErrorView" });
  go({ is: "name", name: "BackendEvent" });
  for (const list of ["Commands", "Streams"]) {
    for (const { type } of Object.values(fieldsOf(list))) {
      if (type.is === "object") for (const part of ["value", "item", "progress", "done"]) go(type.fields[part]?.type);
    }
  }
  return cases;
}
