/* The server that the contract checks ask for; see `Ground` in src/platform/contract.rs. */
import { createServer } from "node:http";

/** @typedef {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse, url: URL) => unknown} Route */

/** @param {import("node:http").IncomingMessage} request */
async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Starts it on a free port of the loopback interface. */
export async function startServer() {
  let aborted = 0;
  let asked = 0;

  /** @type {Record<string, Route>} */
  const routes = {
    "/echo": async (request, response) => {
      const echo = { method: request.method, body: await bodyOf(request), headers: request.headers };
      response.writeHead(207, { "Content-Type": "application/json", "X-Echo": "yes" }).end(JSON.stringify(echo));
    },
    "/bytes": (_, response) => response.end(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))),
    "/back": (request, response) => request.pipe(response),
    "/long": (_, response, url) => response.end(Buffer.alloc(Number(url.search.slice(1)), " ")),
    "/redirect": (_, response) => response.writeHead(302, { Location: "/reached" }).end(),
    "/reached": (_, response) => response.end("reached"),
    "/cookie": (_, response) => response.setHeader("Set-Cookie", "a=b; Path=/").end(),
    "/cached": (_, response) => {
      asked += 1;
      response.setHeader("Cache-Control", "public, max-age=3600").end(String(asked));
    },
    "/hang": (_, response) => {
      response.on("close", () => {
        if (!response.writableEnded) aborted += 1;
      });
    },
    "/half": (_, response) => response.writeHead(200, { "Content-Length": "100" }).write("half"),
    "/aborted": (_, response) => response.end(String(aborted)),
    "/broken": (request) => request.socket.destroy(),
    "/consent": (_, response, url) => response.writeHead(302, { Location: url.searchParams.get("to") ?? "" }).end(),
    "/question": (_, response) => response.setHeader("Content-Type", "text/html").end("<title>May we?</title>"),
    "/closing": (_, response) => response.setHeader("Content-Type", "text/html").end("<title>No</title>"),
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const status = Number(url.pathname.match(/^\/status\/(\d{3})$/)?.[1]);
    const route = routes[url.pathname];
    if (status) response.writeHead(status).end(status === 204 ? undefined : "status");
    else if (route) route(request, response, url);
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    address: `http://127.0.0.1:${address.port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
