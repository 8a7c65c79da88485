/* The connections of open pages. */
import { enter, leave, useWhole, wake, wakeWhole } from "./backend.js";
import { isCurrent, Outdated } from "./build.js";
import { Trapped, Unavailable } from "./module.js";
import { failure, isOurs } from "./router.js";

/** The page on which people chat. */
const PANEL = "www/panel/panel.html";

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
  const [kind, build] = port.name.split(" ");
  if (kind !== "page" || !isOurs(port.sender)) return port.disconnect();
  if (!isCurrent(build)) {
    const error = failure(new Outdated("the page is of another build"));
    return port.onMessage.addListener(({ id }) => tell(port, { id, error }));
  }
  last += 1;
  const id = last;
  enter(id, { post: port.postMessage.bind(port), sender: port.sender, close: () => port.disconnect() });
  // Whoever looks at the chat may ask: by then it is there. What keeps it from loading is told to whoever asks.
  if (port.sender?.url?.startsWith(chrome.runtime.getURL(PANEL))) wakeWhole().catch(() => {});
  // Where nothing will ever run, each request is told why; else the page tries again over another connection.
  else wake().catch((error) => error instanceof Unavailable || error instanceof Outdated || port.disconnect());
  port.onMessage.addListener((message) => void pass(port, id, message));
  port.onDisconnect.addListener(() => leave(id));
}

/**
 * Hands a message to the backend: to the whole one, for whatever is asked over a connection is for it.
 * @param {chrome.runtime.Port} port
 * @param {number} id
 * @param {{ id?: unknown }} message
 */
async function pass(port, id, message) {
  const request = String(message?.id);
  try {
    if ((traps.get(request) ?? 0) >= MOST_TRAPS) throw new Trapped("again");
    await useWhole((backend) => backend.port_message(id, message));
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
