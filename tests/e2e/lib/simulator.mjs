/* The simulated Atlassian as a child process, and its control API. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../../tools/tree.mjs";

const PROGRAM = process.env.SIMULATOR ?? join(ROOT, "target", "debug", "simulator");

/** The clients that are registered at it, as the fields of the connect form. */
export const CLIENTS = {
  cloud: { provider: "jira_cloud", client: "own_app", client_id: "simulator-app", client_secret: "simulator-secret" },
  dataCenter: { provider: "jira_data_center", client: "own_app", client_id: "dc-app", client_secret: "dc-secret" },
  generic: {
    provider: "other",
    client: "public",
    client_id: "generic-app",
    scopes: "openid profile email offline_access",
  },
  entra: { provider: "microsoft_entra" },
  entraWeb: { client_id: "entra-web", client_secret: "entra-secret" },
  entraSpa: { client_id: "entra-spa" },
  entraDaemon: { client_id: "entra-daemon", client_secret: "entra-secret" },
  apiToken: {
    provider: "jira_cloud",
    client: "api_token",
    email: "nora.berg@harborline.example",
    token: "simulator-api-token",
  },
  personalToken: {
    provider: "jira_data_center",
    client: "personal_access_token",
    token: "simulator-personal-access-token",
  },
};

/**
 * One line of the simulator's log.
 * @typedef {{ method: string, path: string, status: number, time_ms: number, has_secret: boolean, has_verifier: boolean,
 *   has_challenge: boolean, parameters: Record<string, any>, authorization: any, origin: string | null, has_cookie: boolean }} LogEntry
 */

export class Simulator {
  /** @type {import("node:child_process").ChildProcess} */
  #process;
  #stopped = false;
  /** Its address, without a slash at the end. */
  base;

  /**
   * @param {import("node:child_process").ChildProcess} child
   * @param {string} base
   */
  constructor(child, base) {
    this.#process = child;
    this.base = base;
  }

  /**
   * Starts one on a port of its own; it ends with this program, whatever happens.
   * @param {{ lifetime?: number, seed?: number, now?: string }} [options] lifetime of access tokens in seconds; the data's
   *   seed; the moment at which its clock starts
   */
  static async start(options = {}) {
    if (!existsSync(PROGRAM)) throw new Error("the simulator is not built: run ./build.sh test");
    const settings = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn(PROGRAM, ["--port", "0", "--until-stdin-closes", ...settings], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    /** @type {string} */
    const line = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`the simulator ended with ${code}`)));
      createInterface({ input: /** @type {import("node:stream").Readable} */ (child.stdout) }).once("line", resolve);
    });
    return new Simulator(child, JSON.parse(line).listening);
  }

  async stop() {
    if (this.#stopped) return;
    this.#stopped = true;
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.stdin?.end();
    if (this.#process.exitCode === null) await ended;
  }

  get running() {
    return this.#process.exitCode === null && !this.#stopped;
  }

  /**
   * @param {string} method
   * @param {string} path below `/_control`
   * @param {unknown} [body]
   */
  async control(method, path, body) {
    const answer = await fetch(`${this.base}/_control${path && `/${path}`}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /_control/${path}: ${answer.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  }

  /** @returns {Promise<LogEntry[]>} */
  log() {
    return this.control("GET", "log");
  }

  /**
   * @param {string} path
   * @param {(entry: LogEntry) => boolean} [which]
   * @returns {Promise<LogEntry[]>} the requests to this path, oldest first
   */
  async requests(path, which = () => true) {
    return (await this.log()).filter((entry) => entry.path === path && which(entry));
  }

  /** @returns {Promise<LogEntry[]>} the refreshes that were tried, at whatever provider */
  async refreshes() {
    return (await this.log()).filter((entry) => entry.parameters.grant_type === "refresh_token");
  }

  /** @param {Record<string, unknown>} change */
  settings(change) {
    return this.control("POST", "settings", change);
  }

  /** @param {Record<string, unknown>} fault */
  fault(fault) {
    return this.control("POST", "faults", fault);
  }
}
