/* Asks the backend for somebody who did something in the browser around our pages. */
import { use, wakeWhole } from "./backend.js";

/** @import { Commands } from "../www/lib/contract.d.ts" */

/**
 * What may be asked from where, the backend decides.
 * @template {keyof Commands} C
 * @param {"omnibox" | "menu" | "shortcut" | "notification"} place
 * @param {C} command
 * @param {Commands[C]["args"]} args
 * @returns {Promise<Commands[C]["value"] | null>} null where it could not be had: a page says why, when one is next opened
 */
export async function askFrom(place, command, args) {
  try {
    /** @type {any} */
    const answer = await use((backend) => backend.handle_around(place, { command, args }), command);
    return answer.ok ? answer.value : null;
  } catch (error) {
    console.warn("Chat for Jira:", error);
    return null;
  }
}

/** Somebody begins to type: what is asked then needs the whole backend. */
export function aboutToAsk() {
  wakeWhole().catch(() => {});
}
