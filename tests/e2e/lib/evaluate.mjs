/*
 * A second evaluator of JQL, over Atlassian's own parser. It shares no line with the product or the simulator, so that the
 * three cannot share a mistake. What it does not know it refuses loudly: a query is never passed over in silence.
 */
import { createRequire } from "node:module";
import { endOf, moment, startOf } from "./dates.mjs";

const { JastBuilder } = /** @type {typeof import("@atlaskit/jql-ast")} */ (
  createRequire(import.meta.url)("@atlaskit/jql-ast")
);

/** @typedef {import("@atlaskit/jql-ast").Clause} Clause */
/** @typedef {import("@atlaskit/jql-ast").Operand} Operand */
/** @typedef {Record<string, any>} Issue */
/** @typedef {{ now: string, site: Record<string, any>, issues: Issue[] }} Data what `/_control/issues` answers */

/** @param {string} text */
const fold = (text) => text.toLowerCase();

/** English endings, roughly: enough to make "crash", "crashes" and "crashed" one word. @param {string} word */
const stem = (word) =>
  word
    .replace(/(?:sses|shes|ches)$/, (end) => end.slice(0, -2))
    .replace(/(?:ing|ed|es|s)$/, "")
    .replace(/[ey]$/, "");

/** @param {string} text */
const words = (text) =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map(stem);

export class Evaluator {
  #data;
  #site;
  #now;

  /** @param {Data} data */
  constructor(data) {
    this.#data = data;
    this.#site = data.site;
    this.#now = Date.parse(data.now);
  }

  /**
   * @param {string} jql
   * @returns {{ keys: string[], inOrder: (keys: string[]) => boolean }} the keys of the issues that match, and whether a list
   *   of keys keeps the order the query asks for
   */
  evaluate(jql) {
    const { query, errors } = new JastBuilder().build(jql);
    if (errors.length > 0 || !query) throw new Error(`not JQL: ${jql}: ${errors.map(String).join("; ")}`);
    const where = query.where;
    const found = this.#data.issues.filter((issue) => !where || this.#judge(where, issue, false));
    const order = (query.orderBy?.fields ?? []).map((each) => ({
      name: fold(each.field.value),
      sign: each.direction?.value === "DESC" ? -1 : 1,
    }));
    const byKey = new Map(this.#data.issues.map((issue) => [issue.key, issue]));
    const compare = (/** @type {string} */ a, /** @type {string} */ b) => {
      for (const { name, sign } of order) {
        const difference = this.#compare(name, byKey.get(a) ?? {}, byKey.get(b) ?? {});
        if (difference !== 0) return difference * sign;
      }
      return 0;
    };
    return {
      keys: found.map((issue) => issue.key),
      inOrder: (keys) => keys.every((key, at) => at === 0 || compare(keys[at - 1] ?? "", key) <= 0),
    };
  }

  /**
   * @param {Clause} clause
   * @param {Issue} issue
   * @param {boolean} negated `NOT clause` is the clause with the opposite operator, as Jira does it
   * @returns {boolean}
   */
  #judge(clause, issue, negated) {
    if (clause.clauseType === "not") return this.#judge(clause.clause, issue, !negated);
    if (clause.clauseType === "compound") {
      const all = (clause.operator.value === "and") !== negated;
      return clause.clauses[all ? "every" : "some"]((each) => this.#judge(each, issue, negated));
    }
    if (clause.predicates.length > 0 || !clause.operator || !clause.operand)
      throw new Error(`not covered: ${clause.field.text}`);
    const operator = negated ? opposite(clause.operator.value) : clause.operator.value;
    return this.#terminal(fold(clause.field.value), operator, clause.operand, issue);
  }

  /**
   * @param {string} field
   * @param {string} operator
   * @param {Operand} operand
   * @param {Issue} issue
   */
  #terminal(field, operator, operand, issue) {
    switch (operator) {
      case "is":
        return this.#empty(field, issue);
      case "is not":
        return !this.#empty(field, issue);
      case "~":
        return this.#contains(field, operand, issue);
      case "!~":
        return !this.#empty(field, issue) && !this.#contains(field, operand, issue);
      case "=":
      case "in":
        return this.#among(field, operand, issue);
      case "!=":
      case "not in":
        return !this.#empty(field, issue) && !this.#among(field, operand, issue);
      case "<":
      case "<=":
      case ">":
      case ">=":
        return this.#ordered(field, operator, operand, issue);
      default:
        throw new Error(`the operator ${operator} is not covered`);
    }
  }

  /** @param {string} field @param {Issue} issue */
  #empty(field, issue) {
    return this.#values(field, issue).length === 0;
  }

  /**
   * Everything by which each of the field's values can be named, in lower case.
   * @param {string} field
   * @param {Issue} issue
   * @returns {string[][]}
   */
  #values(field, issue) {
    const site = this.#site;
    const one = (/** @type {any} */ value) => (value === null || value === undefined ? [] : [value]);
    const named = (/** @type {any[]} */ list, /** @type {any[]} */ values, /** @type {(each: any) => any[]} */ names) =>
      values.map((value) => {
        const known = list.find((each) => names(each).some((name) => String(name) === String(value)));
        return (known ? names(known) : [value]).map((name) => fold(String(name)));
      });
    const person = (/** @type {any[]} */ values) =>
      named(site.users, values, (user) => [user.accountId, user.displayName, user.emailAddress]);
    const plain = (/** @type {any[]} */ values) => values.map((value) => [fold(String(value))]);
    const thing = (/** @type {any} */ each) => [each.name, each.id];
    switch (field) {
      case "project":
        return named(site.projects, one(issue.project), (project) => [project.key, project.name, project.id]);
      case "issuetype":
      case "type":
        return named(site.issueTypes, one(issue.type), thing);
      case "status":
        return named(site.statuses, one(issue.status), thing);
      case "statuscategory": {
        const { statusCategory } = site.statuses.find((/** @type {any} */ status) => status.name === issue.status);
        return [[statusCategory.name, statusCategory.key, String(statusCategory.id)].map(fold)];
      }
      case "priority":
        return named(site.priorities, one(issue.priority), thing);
      case "resolution":
        return named(site.resolutions, one(issue.resolution), thing);
      case "assignee":
      case "reporter":
      case "creator":
        return person(one(issue[field]));
      case "watcher":
        return person(issue.watchers);
      case "voter":
        return person(issue.voters);
      case "labels":
      case "summary":
      case "description":
        return plain([issue[field]].flat().filter((value) => value !== null && value !== ""));
      case "comment":
        return plain(issue.comments.map((/** @type {any} */ comment) => comment.body));
      case "text":
        return ["summary", "description", "comment"].flatMap((part) => this.#values(part, issue));
      case "component":
        return plain(issue.components);
      case "fixversion":
        return plain(issue.fixVersions);
      case "affectedversion":
        return plain(issue.affectedVersions);
      case "sprint":
        return named(site.sprints, issue.sprints, thing);
      case "parent":
        return plain(one(issue.parent));
      case "key":
      case "issue":
      case "issuekey":
      case "id":
        return [[fold(issue.key), String(issue.id)]];
      case "created":
      case "updated":
        return plain(one(issue[field]));
      case "resolved":
      case "resolutiondate":
        return plain(one(issue.resolved));
      case "due":
      case "duedate":
        return plain(one(issue.due));
      case "story points":
        return plain(one(issue.storyPoints));
      case "team":
      case "customer":
      case "severity":
      case "flagged":
        return plain(one(issue[field]));
      default:
        throw new Error(`the field ${field} is not covered`);
    }
  }

  /** @param {string} field @param {Operand} operand @param {Issue} issue */
  #among(field, operand, issue) {
    const values = this.#values(field, issue);
    const at = this.#moment(field, issue);
    return this.#operands(field, operand).some((wanted) => {
      if (wanted === null) return values.length === 0;
      if (at !== null) return at === this.#time(field, wanted);
      return values.some((names) => names.includes(fold(wanted)));
    });
  }

  /**
   * The values an operand stands for; null is EMPTY.
   * @param {string} field
   * @param {Operand} operand
   * @returns {(string | null)[]}
   */
  #operands(field, operand) {
    if (operand.operandType === "list") return operand.values.flatMap((each) => this.#operands(field, each));
    if (operand.operandType === "keyword") return [null];
    if (operand.operandType === "value") {
      return [field === "resolution" && fold(operand.value) === "unresolved" ? null : operand.value];
    }
    const sprints = (/** @type {string} */ state) =>
      this.#site.sprints
        .filter((/** @type {any} */ sprint) => sprint.state === state)
        .map((/** @type {any} */ each) => String(each.id));
    const name = fold(operand.function.value);
    switch (name) {
      case "currentuser":
        return [this.#site.currentUser];
      case "opensprints":
        return sprints("active");
      case "closedsprints":
        return sprints("closed");
      case "futuresprints":
        return sprints("future");
      default:
        return [this.#dateFunction(name, operand.arguments[0]?.value)];
    }
  }

  /** @param {string} name @param {string | undefined} increment */
  #dateFunction(name, increment) {
    if (name === "now") return new Date(this.#now).toISOString();
    const parts = /^(start|end)of(day|week|month|year)$/.exec(name);
    if (!parts) throw new Error(`the function ${name} is not covered`);
    const unit = /** @type {import("./dates.mjs").Unit} */ (parts[2]);
    return new Date((parts[1] === "start" ? startOf : endOf)(this.#now, unit, increment)).toISOString();
  }

  /** The moment a date field stands for, null for other fields and none. @param {string} field @param {Issue} issue */
  #moment(field, issue) {
    const name = { resolutiondate: "resolved", duedate: "due" }[field] ?? field;
    if (!["created", "updated", "resolved", "due"].includes(name) || !issue[name]) return null;
    return Date.parse(issue[name]);
  }

  /** @param {string} field @param {string} text */
  #time(field, text) {
    const at = moment(text, this.#now);
    // Due dates are days: whatever time of the day is meant, they compare with its beginning.
    return field === "due" || field === "duedate" ? startOf(at, "day") : at;
  }

  /** @param {string} field @param {string} operator @param {Operand} operand @param {Issue} issue */
  #ordered(field, operator, operand, issue) {
    if (this.#empty(field, issue)) return false;
    const [wanted] = this.#operands(field, operand);
    if (typeof wanted !== "string") throw new Error(`${field} ${operator} EMPTY`);
    const difference = this.#rank(field, issue) - this.#rankOf(field, wanted);
    if (operator.startsWith("<")) return difference < 0 || (operator === "<=" && difference === 0);
    return difference > 0 || (operator === ">=" && difference === 0);
  }

  /** @param {string} field @param {Issue} issue @returns {number} */
  #rank(field, issue) {
    const at = this.#moment(field, issue);
    if (at !== null) return at;
    if (field === "priority") return this.#rankOf(field, issue.priority);
    if (field === "story points") return issue.storyPoints;
    throw new Error(`${field} is not ordered`);
  }

  /** @param {string} field @param {string} text @returns {number} */
  #rankOf(field, text) {
    if (field === "story points") return Number(text);
    if (field !== "priority") return this.#time(field, text);
    const list = this.#site.priorities;
    return (
      list.length - list.findIndex((/** @type {any} */ each) => [fold(each.name), String(each.id)].includes(fold(text)))
    );
  }

  /** All words occur in one of the field's texts. @param {string} field @param {Operand} operand @param {Issue} issue */
  #contains(field, operand, issue) {
    const [text] = this.#operands(field, operand);
    // A mention stands in a text as the id of whoever is mentioned.
    if (text === this.#site.currentUser)
      return this.#values(field, issue).some(([value]) => (value ?? "").includes(String(text)));
    if (typeof text !== "string" || /["*?~+()-]| OR | AND /.test(text)) throw new Error(`~ ${text} is not covered`);
    const wanted = words(text);
    return this.#values(field, issue).some(([value]) => {
      const found = new Set(words(value ?? ""));
      return wanted.every((word) => found.has(word));
    });
  }

  /** @param {string} field @param {Issue} a @param {Issue} b @returns {number} */
  #compare(field, a, b) {
    const [emptyA, emptyB] = [this.#empty(field, a), this.#empty(field, b)];
    if (emptyA || emptyB) return 0; // where Jira puts EMPTY depends on the field; either place is accepted here
    if (field === "key" || field === "issuekey" || field === "id") {
      const parts = (/** @type {Issue} */ issue) => /^(.*)-(\d+)$/.exec(issue.key) ?? [];
      const [, projectA = "", numberA] = parts(a);
      const [, projectB = "", numberB] = parts(b);
      return projectA === projectB ? Number(numberA) - Number(numberB) : projectA < projectB ? -1 : 1;
    }
    if (
      ["created", "updated", "resolved", "resolutiondate", "due", "duedate", "priority", "story points"].includes(field)
    ) {
      return this.#rank(field, a) - this.#rank(field, b);
    }
    const [first = "", second = ""] = [a, b].map((issue) => this.#values(field, issue)[0]?.[0]);
    return first === second ? 0 : first < second ? -1 : 1;
  }
}

/** @param {string} operator */
function opposite(operator) {
  const pairs = [
    ["=", "!="],
    ["in", "not in"],
    ["is", "is not"],
    ["~", "!~"],
    ["<", ">="],
    [">", "<="],
  ];
  const other = pairs
    .flatMap(([a, b]) => [
      [a, b],
      [b, a],
    ])
    .find(([from]) => from === operator)?.[1];
  if (!other) throw new Error(`NOT ${operator} is not covered`);
  return other;
}
