/* The connections of open pages. */
import { Trapped, Unavailable, use } from "./backend.js";
import { failure, isOurs } from "./router.js";

let last = 0;

/** How often the backend trapped while it worked on a request, by the request's id. @type {Map<string, number>} */
const traps = new Map();

/** A page takes its requests up again after a trap. One that leads to a trap each time would never end. */
const MOST_TRAPS = 2;

/**
 * Takes a page's connection. When the backend traps the connection is closed: the page opens another and resumes.
 * @param {chrome.runtime.Port} port
 */
export function connect(port) {
  if (port.name !== "page" || !isOurs(port.sender)) return port.disconnect();
  last += 1;
  const id = last;
  const closed = new AbortController();
  const opened = use((backend, end) => {
    end.addEventListener("abort", () => port.disconnect(), { signal: closed.signal });
    backend.open_port(id, port.postMessage.bind(port), port.sender);
  });
  // Where nothing will ever run, each request is told why; else the page tries again over another connection.
  opened.catch((error) => {
    if (!(error instanceof Unavailable)) port.disconnect();
  });
  port.onMessage.addListener((message) => void pass(port, id, opened, message));
  port.onDisconnect.addListener(() => {
    closed.abort();
    opened.then(() => use((backend) => backend.close_port(id))).catch(() => {});
  });
}

/**
 * Hands a message to the backend, once the connection is open there.
 * @param {chrome.runtime.Port} port
 * @param {number} id
 * @param {Promise<void>} opened
 * @param {{ id?: unknown }} message
 */
async function pass(port, id, opened, message) {
  const request = String(message?.id);
  try {
    if ((traps.get(request) ?? 0) >= MOST_TRAPS) throw new Trapped("again");
    await opened;
    await use((backend) => backend.port_message(id, message));
    traps.delete(request);
  } catch (error) {
    const count = traps.get(request) ?? 0;
    if (error instanceof Trapped && count < MOST_TRAPS) traps.set(request, count + 1);
    else tell(port, { id: request, error: failure(error) });
  }
}

/**
 * @param {chrome.runtime.Port} port
 * @param {object} message
 */
function tell(port, message) {
  try {
    port.postMessage(message);
  } catch {
    // The page has gone.
  }
}
