/** Pictures of people, which only the worker may fetch. Each is asked for once in the life of a page. */

import { call } from "./extension.js";

/** @type {Map<string, Promise<string | null>>} */
const known = new Map();

/** @param {string} url As Jira told it. @returns {Promise<string | null>} A `data:` address; null where it cannot be had. Never rejects. */
export function pictureAt(url) {
  let found = known.get(url);
  if (!found) {
    found = call("picture", { url }).catch(() => null);
    known.set(url, found);
  }
  return found;
}
