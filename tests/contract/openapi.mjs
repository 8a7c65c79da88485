/*
 * Atlassian's own OpenAPI documents as a judge of requests and answers.
 *
 * They are read from `shared/openapi`, a folder beside the repository, and never copied; without them `load` gives null. The
 * documents follow OpenAPI 3.0, whose schemas are not JSON Schema: `nullable`, `readOnly`, `writeOnly` and `$ref` with
 * neighbours mean something else there, so every schema is translated once for requests and once for answers.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import formats from "ajv-formats";
import { ROOT } from "../tools/tree.mjs";

export const SHARED = join(ROOT, "..", "shared");

/** @typedef {"platform" | "agile"} Api */
/** @typedef {"request" | "answer"} Side */
/** @typedef {Record<string, any>} Json */

/**
 * A request as the documents know it.
 * @typedef {{ api: Api, method: string, path: string, query?: Record<string, unknown> | undefined,
 *   headers?: Record<string, string> | undefined, body?: unknown }} Asked `path` begins with `/rest/`
 */
/** @typedef {{ status: number, body: unknown, contentType?: string | null }} Answered `body` undefined: there was none */
/** @typedef {{ template: string, method: string, operation: Json, parameters: Record<string, string> }} Found */

/** @type {Record<Api, string>} */
const FILES = { platform: "jira-cloud-v3.json", agile: "jira-software.json" };
const METHODS = ["get", "put", "post", "delete", "patch"];

/** Number formats that ajv-formats does not bound, and those that only describe. */
const OTHER_FORMATS = ["int64", "int32", "double", "float", "byte", "binary", "url"];

/** The body of an error that an operation does not describe: every error of Jira has the same. Bulk operations have another. */
const ERROR = "#/components/schemas/ErrorCollection";

/**
 * Where the documents are wrong: the live service does what they forbid. Each is mended before anything is judged, and a test
 * sees to it that none of them is needed no longer.
 * @type {{ why: string, api: Api, mend: (document: Json) => boolean }[]} mend: false when there was nothing to mend
 */
export const EXCEPTIONS = [
  {
    why: "a side of a change is null when the field was empty before or after; the text of the operation shows it",
    api: "platform",
    mend: (document) => {
      const sides = document.components.schemas.ChangeDetails.properties;
      const names = ["from", "fromString", "to", "toString"];
      const needed = names.some((name) => sides[name].nullable !== true);
      for (const name of names) sides[name].nullable = true;
      return needed;
    },
  },
  {
    why: "accountId null takes the assignee away, says the text of the operation",
    api: "platform",
    mend: (document) => {
      const verb = document.paths["/rest/api/3/issue/{issueIdOrKey}/assignee"].put;
      const schema = verb.requestBody.content["application/json"].schema;
      const user = schema.$ref ? lookUp(document, schema.$ref) : schema;
      if (user.properties.accountId.nullable) return false;
      verb.requestBody.content["application/json"].schema = structuredClone(user);
      verb.requestBody.content["application/json"].schema.properties.accountId.nullable = true;
      return true;
    },
  },
  {
    why: "a bulk move requires members that it does not have, so that nothing at all would fit",
    api: "platform",
    mend: (document) => {
      const { IssueBulkMovePayload: move, targetToSourcesMapping: group } = document.components.schemas;
      const known = (/** @type {Json} */ schema) => (/** @type {string} */ name) => name in schema.properties;
      const right = [move, group].every((schema) => schema.required.every(known(schema)));
      if (right) return false;
      move.required = [...move.required.filter(known(move)), "targetToSourcesMapping"];
      group.required = [...group.required.filter(known(group)), "issueIdsOrKeys"];
      return true;
    },
  },
  {
    why: "lists of words in the address are declared as objects; they are words divided by commas",
    api: "agile",
    mend: (document) => {
      const verbs = Object.values(document.paths).flatMap((item) => METHODS.map((method) => item[method] ?? {}));
      const inQuery = verbs.flatMap((verb) => verb.parameters ?? []).filter((one) => one.in === "query");
      const wrong = inQuery.filter((one) => one.schema.type === "object" || one.schema.items?.type === "object");
      for (const one of wrong) one.schema = { type: "string" };
      return wrong.length > 0;
    },
  },
  {
    why: "the operator !~ of JQL is written ~= there, which is none",
    api: "platform",
    mend: (document) => {
      const operators = document.components.schemas.FieldValueClause.properties.operator.enum;
      if (operators.includes("!~")) return false;
      operators.push("!~");
      return true;
    },
  },
];

/** A value in the document at a pointer such as `#/components/schemas/User`. @param {Json} document @param {string} ref */
function lookUp(document, ref) {
  return ref
    .slice(2)
    .split("/")
    .reduce((/** @type {any} */ value, part) => value?.[part], document);
}

/**
 * One schema in the words of JSON Schema.
 * @param {any} schema
 * @param {Side} side
 * @param {string} base the id of the document that references lead into
 * @returns {any}
 */
export function translated(schema, side, base) {
  if (Array.isArray(schema)) return schema.map((one) => translated(one, side, base));
  if (schema === null || typeof schema !== "object") return schema;
  // OpenAPI 3.0 ignores what stands beside a reference.
  if (typeof schema.$ref === "string") return { $ref: `${base}${schema.$ref}` };
  /** @type {Json} */
  const result = {};
  for (const [key, value] of Object.entries(schema)) {
    if (["type", "format", "pattern", "required", "enum"].includes(key)) result[key] = value;
    else if (/^(min|max)(imum|Length|Items|Properties)$|^(uniqueItems|multipleOf)$/.test(key)) result[key] = value;
    else if (key === "exclusiveMinimum" || key === "exclusiveMaximum") {
      if (value !== true) continue;
      const bound = key === "exclusiveMinimum" ? "minimum" : "maximum";
      result[key] = schema[bound];
    } else if (key === "properties") {
      result[key] = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, translated(one, side, base)]));
    } else if (["items", "additionalProperties", "allOf", "oneOf", "anyOf", "not"].includes(key)) {
      result[key] = translated(value, side, base);
    }
  }
  // Where the members are those of other schemas, the documents mean the members of all of them together.
  if (result.additionalProperties === false && (result.anyOf || result.oneOf || result.allOf)) {
    delete result.additionalProperties;
    result.unevaluatedProperties = false;
  }
  if (schema.exclusiveMinimum === true) delete result.minimum;
  if (schema.exclusiveMaximum === true) delete result.maximum;
  // What is only read need not be sent, what is only written never comes back.
  const hidden = side === "request" ? "readOnly" : "writeOnly";
  const names = Object.entries(schema.properties ?? {}).filter(([, one]) => one[hidden] === true);
  if (result.required) {
    result.required = result.required.filter((/** @type {string} */ name) => !names.some(([other]) => other === name));
  }
  if (schema.nullable === true && result.type) {
    result.type = [result.type, "null"];
    if (result.enum && !result.enum.includes(null)) result.enum = [...result.enum, null];
  } else if (schema.nullable === true) {
    return { anyOf: [{ type: "null" }, result] };
  }
  return result;
}

/** All documents, ready to judge. */
export class Contract {
  /** @type {Record<Api, Json>} */
  #documents;
  /** @type {Map<string, import("ajv").ValidateFunction>} */
  #compiled = new Map();
  #ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: true });
  /** @type {Record<Api, { template: string, parts: string[] }[]>} */
  #paths;

  /** @param {Record<Api, Json>} documents */
  constructor(documents) {
    this.#documents = documents;
    this.idle = EXCEPTIONS.filter((one) => !one.mend(documents[one.api])).map((one) => one.why);
    const add = /** @type {any} */ (formats).default ?? formats;
    add(this.#ajv);
    for (const name of OTHER_FORMATS) this.#ajv.addFormat(name, true);
    // Jira writes the zone without a colon (+0000), as its own examples do; RFC 3339 does not have that.
    this.#ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/);
    for (const api of /** @type {Api[]} */ (["platform", "agile"])) {
      for (const side of /** @type {Side[]} */ (["request", "answer"])) {
        const schemas = documents[api].components?.schemas ?? {};
        const base = `${api}-${side}`;
        const all = Object.entries(schemas).map(([name, one]) => [name, translated(one, side, base)]);
        this.#ajv.addSchema({ $id: base, components: { schemas: Object.fromEntries(all) } });
      }
    }
    const split = (/** @type {Api} */ api) =>
      Object.keys(documents[api].paths).map((template) => ({ template, parts: template.split("/") }));
    this.#paths = { platform: split("platform"), agile: split("agile") };
  }

  /** @returns {Contract | null} null where the documents are not */
  static load() {
    const at = (/** @type {string} */ name) => join(SHARED, "openapi", name);
    if (!Object.values(FILES).every((name) => existsSync(at(name)))) return null;
    const read = (/** @type {string} */ name) => JSON.parse(readFileSync(at(name), "utf8"));
    return new Contract({ platform: read(FILES.platform), agile: read(FILES.agile) });
  }

  /**
   * The operation that a request is for. A word that a template spells out wins over one that it leaves open.
   * @param {{ api: Api, method: string, path: string }} asked
   * @returns {Found | string} or why there is none
   */
  find({ api, method, path }) {
    const parts = path.split("/");
    const fits = this.#paths[api].filter(
      (one) =>
        one.parts.length === parts.length &&
        one.parts.every((part, place) => (part.startsWith("{") ? parts[place] !== "" : part === parts[place])),
    );
    const open = (/** @type {{ parts: string[] }} */ one) =>
      one.parts.map((part) => (part.startsWith("{") ? "1" : "0"));
    fits.sort((left, right) => (open(left).join("") < open(right).join("") ? -1 : 1));
    const best = fits[0];
    if (!best) return `no such path: ${path}`;
    const document = this.#documents[api];
    const item = document.paths[best.template];
    const verb = method.toLowerCase();
    const operation = METHODS.includes(verb) ? item[verb] : undefined;
    if (!operation) return `no ${method} at ${best.template}`;
    const named = best.parts.flatMap((part, place) =>
      part.startsWith("{") ? [[part.slice(1, -1), decodeURIComponent(parts[place] ?? "")]] : [],
    );
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
    return {
      template: best.template,
      method: verb,
      operation: { ...operation, parameters: parameters.map((one) => (one.$ref ? lookUp(document, one.$ref) : one)) },
      parameters: Object.fromEntries(named),
    };
  }

  /**
   * Says what is wrong with a value.
   * @param {Api} api
   * @param {Side} side
   * @param {any} schema as in the document
   * @param {unknown} value
   * @returns {string[]}
   */
  #judge(api, side, schema, value) {
    const base = `${api}-${side}`;
    const inside = translated(schema, side, base);
    const name = `${base} ${JSON.stringify(inside)}`;
    let check = this.#compiled.get(name);
    if (!check) {
      check = this.#ajv.compile(inside);
      this.#compiled.set(name, check);
    }
    if (check(value)) return [];
    return (check.errors ?? []).map((error) => {
      const extra = error.params?.additionalProperty ?? error.params?.allowedValues ?? "";
      return `${error.instancePath || "/"} ${error.message}${extra === "" ? "" : `: ${extra}`}`;
    });
  }

  /**
   * What is wrong with a request: address, method, parameters, headers, body.
   * @param {Asked} asked
   * @returns {string[]} empty when it is right
   */
  ofRequest(asked) {
    const found = this.find(asked);
    if (typeof found === "string") return [found];
    /** @type {string[]} */
    const problems = [];
    const query = asked.query ?? {};
    const known = found.operation.parameters;
    const names = known
      .filter((/** @type {Json} */ one) => one.in === "query")
      .map((/** @type {Json} */ one) => one.name);
    for (const name of Object.keys(query)) if (!names.includes(name)) problems.push(`?${name} is not known`);
    const lower = Object.fromEntries(
      Object.entries(asked.headers ?? {}).map(([name, one]) => [name.toLowerCase(), one]),
    );
    for (const one of known) {
      const given = { query: query[one.name], path: found.parameters[one.name], header: lower[one.name.toLowerCase()] };
      const value = given[/** @type {"query"} */ (one.in)];
      if (value === undefined) {
        if (one.required) problems.push(`${one.in} ${one.name} is missing`);
        continue;
      }
      for (const problem of this.#judge(asked.api, "request", one.schema, typed(value, one.schema))) {
        problems.push(`${one.in} ${one.name}: ${problem}`);
      }
    }
    return [...problems, ...this.#ofBody(asked, found, lower["content-type"])];
  }

  /** @param {Asked} asked @param {Found} found @param {string | undefined} type @returns {string[]} */
  #ofBody(asked, found, type) {
    const wanted = found.operation.requestBody;
    if (asked.body === undefined) return wanted?.required ? ["the body is missing"] : [];
    if (!wanted) return ["there is no body"];
    const kind = (type ?? "application/json").split(";")[0]?.trim() ?? "";
    const content = wanted.content[kind] ?? wanted.content["*/*"];
    if (!content) return [`the body is ${kind} instead of ${Object.keys(wanted.content)}`];
    if (kind !== "application/json" || !content.schema) return [];
    return this.#judge(asked.api, "request", content.schema, asked.body).map((problem) => `body ${problem}`);
  }

  /**
   * What is wrong with an answer.
   * @param {Asked} asked
   * @param {Answered} answered
   * @returns {string[]} empty when it is right
   */
  ofAnswer(asked, { status, body, contentType }) {
    const found = this.find(asked);
    if (typeof found === "string") return [found];
    const responses = found.operation.responses;
    const told = responses[status] ?? (status >= 400 ? responses.default : undefined);
    if (!told && status < 400) return [`status ${status} is not one of ${Object.keys(responses)}`];
    if (status === 204) return body === undefined ? [] : ["204 with a body"];
    const types = Object.keys(told?.content ?? {});
    const schema = told?.content?.["application/json"]?.schema;
    if (!schema && status < 400) return types.length || body === undefined ? [] : this.#untold(asked, status, body);
    // A schema that says nothing allows that there is nothing.
    if (schema && status < 400 && body === undefined && Object.keys(schema).length === 0) return [];
    // The cross-site check stands before Jira and answers in plain text.
    if (status === 403 && body === "XSRF check failed") return [];
    if (contentType !== undefined && !/^application\/json\b/.test(contentType ?? "")) return [`it is ${contentType}`];
    if (status === 401 || status === 429) return gatewayProblems(body, status);
    const usual = responses[400]?.content?.["application/json"]?.schema?.$ref;
    const other = /\/BulkOperationErrorResponse$/.test(usual ?? "") ? usual : ERROR;
    return this.#judge(asked.api, "answer", schema ?? this.#own(asked.api, other), body);
  }

  /** The schema of an error, also for the document that has none of its own. @param {Api} api @param {string} ref */
  #own(api, ref) {
    if (lookUp(this.#documents[api], ref)) return { $ref: ref };
    return lookUp(this.#documents.platform, ref);
  }

  /** @param {Asked} asked @param {number} status @param {unknown} _body @returns {string[]} */
  #untold(asked, status, _body) {
    // Files, for which the documents have no schema.
    return /^\/rest\/api\/3\/attachment\/(content|thumbnail)\//.test(asked.path) ? [] : [`${status} with a body`];
  }
}

/**
 * 401 and 429 do not come from Jira but from the gateway before it, which the documents do not describe: `code` and `message`;
 * the limits that Jira itself keeps answer in Jira's own shape.
 * @param {any} body
 * @param {number} status
 * @returns {string[]}
 */
function gatewayProblems(body, status) {
  const keys = Object.keys(body ?? {})
    .sort()
    .join();
  if (keys === "code,message" && body.code === status && typeof body.message === "string") return [];
  if (keys === "errorMessages,errors" && Array.isArray(body.errorMessages)) return [];
  return [`neither the gateway's nor Jira's refusal: ${JSON.stringify(body)}`];
}

/**
 * A parameter is text in the address; its schema speaks of the value behind it.
 * @param {unknown} value
 * @param {Json} schema
 * @returns {unknown}
 */
function typed(value, schema) {
  const one = (/** @type {unknown} */ text, /** @type {string} */ type) => {
    if (typeof text !== "string") return text;
    if ((type === "integer" || type === "number") && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
    if (type === "boolean" && /^(true|false)$/.test(text)) return text === "true";
    return text;
  };
  if (schema.type !== "array") return one(Array.isArray(value) && value.length === 1 ? value[0] : value, schema.type);
  const list = Array.isArray(value) ? value : typeof value === "string" ? value.split(",") : [value];
  return list.map((part) => one(part, schema.items?.type ?? "string"));
}
