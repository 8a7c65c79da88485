/** What the backend keeps ready for the first paint, so that neither a page nor the worker's script has to wait until it runs. */

/** Under what name the session store holds it. */
export const PREPARED = "prepared";

/**
 * The answer to `overview`, if it was prepared for this page and holds still. Who may have it, and until when, was decided when it was
 * written down.
 * @param {unknown} kept What the session store holds.
 * @param {string | undefined} page The page's address.
 * @returns {any} The envelope; `undefined` where there is none.
 */
export function preparedFor(kept, page) {
  const prepared = typeof kept === "string" ? JSON.parse(kept) : null;
  if (!prepared || Date.now() >= prepared.until) return undefined;
  return prepared.pages.includes(page?.split(/[?#]/u)[0]) ? prepared.answer : undefined;
}
