/* Calls of the simulator's REST API, each request and each answer held against Atlassian's documents. */
import { Simulator } from "../e2e/lib/simulator.mjs";
import { Contract } from "./openapi.mjs";

/** @typedef {import("./openapi.mjs").Asked} Asked */
/** @typedef {{ method: string, path: string, status: number, problems: string[] }} Line one call that does not fit */
/** @typedef {{ status: number, body: any, headers: Headers }} Heard */
/** @typedef {{ query?: Record<string, string>, body?: unknown, headers?: Record<string, string>, signedIn?: boolean,
 *   wrong?: boolean, form?: FormData }} How wrong: the request is meant to break the contract */

const SCOPES = [
  ...["read:jira-user", "read:jira-work", "write:jira-work", "read:board-scope:jira-software"],
  ...["read:board-scope.admin:jira-software", "read:sprint:jira-software", "write:sprint:jira-software"],
  ...["write:board-scope:jira-software", "read:issue-details:jira", "read:jql:jira", "read:project:jira"],
  "write:issue:jira-software",
];

/** Whether a path is one of a template's, such as `/issue/{key}`. @param {string} template @param {string} path */
export function leadsTo(template, path) {
  const [left, right] = [template.split("/"), path.split("/")];
  return left.length === right.length && left.every((part, place) => part.startsWith("{") || part === right[place]);
}

export class Tape {
  /** @type {Line[]} */
  misfits = [];
  /** @type {Map<string, Set<number>>} what was exercised: `GET /rest/…/{key}` with the statuses that came */
  heard = new Map();
  /** @type {string} */
  site;
  /** Whether no time goes by between writes. */
  hurried = false;
  #writes = 0;
  #key;

  /**
   * @param {Simulator} simulator
   * @param {Contract} contract
   * @param {{ path: string, methods: string[] }[]} routes
   * @param {{ cloud: { mail: string, api_token: string }, sites: { id: string }[] }} overview
   */
  constructor(simulator, contract, routes, overview) {
    this.simulator = simulator;
    this.contract = contract;
    this.routes = routes;
    this.site = `/api/ex/jira/${overview.sites[0]?.id}`;
    this.#key = `Basic ${btoa(`${overview.cloud.mail}:${overview.cloud.api_token}`)}`;
  }

  /** @param {Contract} contract */
  static async start(contract) {
    const simulator = await Simulator.start({ now: "2026-11-18T14:30:00Z" });
    await simulator.settings({ api_token_scopes: SCOPES });
    return new Tape(simulator, contract, await simulator.control("GET", "routes"), await simulator.control("GET", ""));
  }

  /**
   * One call at Cloud.
   * @param {string} method
   * @param {string} path below `/rest/api/3/`, or from the root with a slash
   * @param {How} [how]
   * @returns {Promise<Heard>}
   */
  async ask(method, path, how = {}) {
    const whole = path.startsWith("/") ? path : `/rest/api/3/${path}`;
    /** @type {Record<string, string>} */
    const type = how.body === undefined ? {} : { "content-type": "application/json" };
    /** @type {Record<string, string>} */
    const headers = { ...(how.signedIn === false ? {} : { authorization: this.#key }), ...type, ...how.headers };
    const query = how.query ? `?${new URLSearchParams(how.query)}` : "";
    if (method !== "GET") await this.#rest();
    const text = typeof how.body === "string" ? how.body : JSON.stringify(how.body);
    const sent = how.form ?? text;
    const answer = await fetch(`${this.simulator.base}${this.site}${whole}${query}`, {
      ...{ method, headers, redirect: "manual" },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const heard = await read(answer);
    /** @type {Asked} */
    const asked = {
      ...{ api: whole.startsWith("/rest/agile/") ? "agile" : "platform", method, path: whole },
      ...{ query: how.query, headers: how.form ? { ...headers, "content-type": "multipart/form-data" } : headers },
      body: how.form ? "" : parsed(how.body),
    };
    const problems =
      how.wrong || how.signedIn === false ? [] : this.contract.ofRequest(asked).map((one) => `asked: ${one}`);
    const contentType = answer.headers.get("content-type");
    problems.push(...this.contract.ofAnswer(asked, { status: heard.status, body: heard.body, contentType }));
    this.#note(method, this.site + whole, heard.status);
    if (problems.length) this.misfits.push({ method, path: whole + query, status: heard.status, problems });
    return heard;
  }

  /**
   * One call at Data Center, which has no such documents: it is exercised, not judged.
   * @param {string} method
   * @param {string} path from the root, such as `/dc/rest/api/2/myself`
   * @param {{ body?: unknown, form?: FormData }} [how]
   * @returns {Promise<Heard>}
   */
  async askLocal(method, path, how = {}) {
    /** @type {Record<string, string>} */
    const type = how.form ? { "x-atlassian-token": "no-check" } : { "content-type": "application/json" };
    const headers = { authorization: "Bearer simulator-personal-access-token", ...type };
    const sent = how.form ?? JSON.stringify(how.body);
    const body = sent === undefined ? {} : { body: sent };
    const answer = await fetch(this.simulator.base + path, { method, headers, ...body, redirect: "manual" });
    const heard = await read(answer);
    this.#note(method, path.split("?")[0] ?? "", heard.status);
    return heard;
  }

  /** Lets time go by now and then, so that nobody writes to one issue too often. */
  async #rest() {
    this.#writes += 1;
    if (this.hurried || this.#writes % 15 !== 0) return;
    await this.simulator.control("POST", "clock", { offset_seconds: (this.#writes / 15) * 40 });
  }

  /** @param {string} method @param {string} path @param {number} status */
  #note(method, path, status) {
    const open = (/** @type {string} */ template) => template.split("{").length;
    const fits = this.routes.filter((one) => one.methods.includes(method) && leadsTo(one.path, path));
    const best = fits.sort((left, right) => open(left.path) - open(right.path))[0];
    if (!best) return;
    const name = `${method} ${best.path}`;
    this.heard.set(name, (this.heard.get(name) ?? new Set()).add(status));
  }

  /** @returns {string[]} the routes that nobody asked, or that never answered well */
  unheard() {
    const all = this.routes.flatMap((one) => one.methods.map((method) => `${method} ${one.path}`));
    return all.filter((name) => ![...(this.heard.get(name) ?? [])].some((status) => status < 400));
  }

  /** A file that was got by its own address. @param {string} address */
  async fetchFile(address) {
    const path = new URL(address, this.simulator.base).pathname;
    const headers = { authorization: "Bearer simulator-personal-access-token" };
    const answer = await fetch(this.simulator.base + path, { headers });
    await answer.arrayBuffer();
    this.#note("GET", path, answer.status);
    return answer.status;
  }

  stop() {
    return this.simulator.stop();
  }
}

/** What a text that is sent as it stands means. @param {unknown} body */
function parsed(body) {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** @param {Response} answer @returns {Promise<Heard>} */
async function read(answer) {
  const text = await answer.text();
  /** @type {any} */
  let body = text === "" ? undefined : text;
  if (/json/.test(answer.headers.get("content-type") ?? "") && text !== "") body = JSON.parse(text);
  return { status: answer.status, body, headers: answer.headers };
}
