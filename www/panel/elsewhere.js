/** Questions that come from around the pages: the address bar, a menu. Each is asked once there is somebody to ask for. */

import { pageSignal } from "../lib/dom.js";
import { call, onPendingQuestion } from "../lib/extension.js";

/** @import {PendingQuestion} from "../lib/extension.js" */

/** @type {PendingQuestion | null} */
let waiting = null;
/**
 * @typedef {{ account: () => string | null, choose: (account: string) => void, ask: (text: string) => boolean,
 *   write: (text: string, caret: number | null) => void }} Panel `account`: none while nothing can be asked; `ask`: whether it was taken.
 */
/** @type {Panel} */
let around;

/** @param {Panel} panel */
export function begin(panel) {
  around = panel;
  onPendingQuestion((question) => {
    waiting = question;
    void take();
  }, pageSignal);
}

/** Takes over what waits, if it can be asked now. What may be a change is written down for the person to send. */
export async function take() {
  const { account, choose, ask, write } = around;
  const question = waiting;
  if (!question || account() === null) return;
  waiting = null;
  if (question.account !== null) choose(question.account);
  const { text, caret } = question;
  const id = account();
  const sure = question.ask && id !== null && (await call("is_question", { account: id, text }).catch(() => false));
  if (!sure || !ask(text)) write(text, caret);
}
