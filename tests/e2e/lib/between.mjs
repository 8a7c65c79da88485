/* Stands between the extension and a server: keeps every token that is given out, so that a test can look for them where they
 * must not be; slows single requests down, and knows which answers arrived. */
import { createHash } from "node:crypto";
import { createServer, request } from "node:http";

/**
 * One request to a watched path. The token is told apart by the first characters of its SHA-256.
 * @typedef {object} Passed
 * @property {string} path
 * @property {string | undefined} token the refresh token it showed
 * @property {number | undefined} status what the server answered, once it has: from then on it has acted
 * @property {boolean} delivered whether the whole answer was handed to the browser
 */

/** @param {string} body @param {string | undefined} type */
function refreshToken(body, type) {
  const token = type?.includes("json")
    ? JSON.parse(body).refresh_token
    : new URLSearchParams(body).get("refresh_token");
  return token ? createHash("sha256").update(token).digest("hex").slice(0, 12) : undefined;
}

/** @param {number} span milliseconds */
const pause = (span) => new Promise((resolve) => setTimeout(resolve, span));

export class Between {
  #server;
  #target;
  /** How its watched paths end. */
  #watched;
  /** Milliseconds that a watched request waits before it goes on to the server, and its answer before it goes back. */
  delay = { there: 0, back: 0 };
  /** @type {Passed[]} */
  passed = [];
  /** Every access and refresh token that the server gave out. @type {Set<string>} */
  tokens = new Set();
  /** Its own address, without a slash at the end. */
  base = "";

  /** @param {{ base: string }} server @param {RegExp} watched which paths are written down and slowed */
  constructor(server, watched) {
    this.#target = new URL(server.base);
    this.#watched = watched;
    this.#server = createServer((incoming, outgoing) => void this.#pass(incoming, outgoing));
  }

  /** @param {{ base: string }} server @param {RegExp} [watched] */
  static async start(server, watched = /token$/) {
    const between = new Between(server, watched);
    await new Promise((resolve) => between.#server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const { port } = /** @type {import("node:net").AddressInfo} */ (between.#server.address());
    between.base = `http://127.0.0.1:${port}`;
    return between;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** @param {import("node:http").IncomingMessage} incoming @param {import("node:http").ServerResponse} outgoing */
  async #pass(incoming, outgoing) {
    const path = (incoming.url ?? "/").split("?")[0] ?? "/";
    const body = await whole(incoming).catch(() => null);
    if (body === null) return;
    const watched = incoming.method === "POST" && this.#watched.test(path);
    /** @type {Passed} */
    const note = { path, token: undefined, status: undefined, delivered: false };
    if (watched) {
      note.token = refreshToken(body.toString(), incoming.headers["content-type"]);
      this.passed.push(note);
      await pause(this.delay.there);
      // As a request that is lost on its way: the server never sees it.
      if (outgoing.destroyed) return;
    }
    const answer = await this.#ask(incoming, body).catch(() => null);
    if (!answer) return outgoing.destroy();
    note.status = answer.status;
    for (const [, token = ""] of answer.body.toString().matchAll(/"(?:access|refresh)_token"\s*:\s*"([^"]+)"/g))
      this.tokens.add(token);
    if (watched) await pause(this.delay.back);
    outgoing.once("finish", () => {
      note.delivered = !outgoing.destroyed;
    });
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }

  /**
   * @param {import("node:http").IncomingMessage} incoming
   * @param {Buffer} body
   * @returns {Promise<{ status: number, headers: import("node:http").IncomingHttpHeaders, body: Buffer }>}
   */
  #ask(incoming, body) {
    const { hostname: host, port } = this.#target;
    const { url: path, method, headers } = incoming;
    return new Promise((resolve, reject) => {
      const onward = request({ host, port, path, method, headers }, (answer) => {
        whole(answer).then(
          (body) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body }),
          reject,
        );
      });
      onward.on("error", reject);
      onward.end(body);
    });
  }
}

/** @param {import("node:http").IncomingMessage} message */
async function whole(message) {
  const parts = [];
  for await (const part of message) parts.push(part);
  return Buffer.concat(parts);
}
