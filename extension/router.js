/* Who is heard, and how a request is answered: always, and always in the same envelope. */
import { preparedOverview, use } from "./backend.js";
import { isCurrent, Outdated } from "./build.js";
import { Trapped, Unavailable } from "./module.js";

/** @import { ErrorView } from "../www/lib/contract.d.ts" */

/**
 * Whether our own extension sent it. Which of its pages may ask for what is decided in the backend.
 * @param {chrome.runtime.MessageSender | undefined} sender
 */
export function isOurs(sender) {
  return sender?.id === chrome.runtime.id;
}

/**
 * What a page shows when the backend itself failed.
 * @param {unknown} error
 * @returns {ErrorView}
 */
export function failure(error) {
  if (error instanceof Unavailable) return { code: "internal", message: error.message, action: { kind: "none" } };
  if (error instanceof Outdated) {
    return { code: "internal", message: chrome.i18n.getMessage("updated_reload"), action: { kind: "reload" } };
  }
  const { getMessage } = chrome.i18n;
  const message = error instanceof Trapped ? getMessage("worker_broke") : getMessage("worker_failed");
  return { code: "internal", message, action: { kind: "retry", at: null } };
}

/**
 * Answers a one-shot request.
 * @param {unknown} request
 * @param {chrome.runtime.MessageSender} sender
 * @param {(answer: unknown) => void} respond
 * @returns {boolean} whether the answer comes later
 */
export function answer(request, sender, respond) {
  if (!isOurs(sender)) return false;
  reply(request, sender).then(respond, (error) => respond({ ok: false, error: failure(error) }));
  return true;
}

/**
 * @param {any} request
 * @param {chrome.runtime.MessageSender} sender
 */
async function reply(request, sender) {
  if (!isCurrent(request?.build)) throw new Outdated("the page is of another build");
  const prepared =
    request?.command === "overview" && !request.args?.all ? await preparedOverview(sender.url) : undefined;
  return prepared ?? use((backend) => backend.handle(request, sender), request?.command);
}
