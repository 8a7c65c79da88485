/* The simulated Atlassian as a child process, and its control API. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, request } from "node:http";
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
    const answer = await fetch(`${this.base}/_control/${path}`, {
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

/**
 * Stands between the extension and the simulator and keeps every token the simulator gives out, so that a test can look for
 * them where they must not be.
 * @param {Simulator} simulator
 */
export async function recordTokens(simulator) {
  const target = new URL(simulator.base);
  /** @type {Set<string>} */
  const tokens = new Set();
  const server = createServer((incoming, outgoing) => {
    const onward = request(
      {
        host: target.hostname,
        port: target.port,
        path: incoming.url,
        method: incoming.method,
        headers: incoming.headers,
      },
      (answer) => {
        /** @type {Buffer[]} */
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => {
          const body = Buffer.concat(parts);
          for (const match of body.toString().matchAll(/"(?:access|refresh)_token"\s*:\s*"([^"]+)"/g))
            tokens.add(match[1] ?? "");
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(body);
        });
      },
    );
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    base: `http://127.0.0.1:${port}`,
    tokens,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
