/**
 * Waits until something is so.
 * @template T
 * @param {string} what a sentence for the report of a failure
 * @param {() => T | Promise<T>} check answers something truthy when it is so
 * @param {number} [patience] milliseconds
 * @returns {Promise<NonNullable<T>>} what `check` answered
 */
export async function until(what, check, patience = 10_000) {
  const end = Date.now() + patience;
  /** @type {unknown} */
  let last;
  for (;;) {
    try {
      last = await check();
      if (last) return /** @type {NonNullable<T>} */ (last);
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited ${patience} ms in vain: ${what} (last seen: ${last})`);
    await pause(25);
  }
}

/** @param {number} span milliseconds */
export const pause = (span) => new Promise((resolve) => setTimeout(resolve, span));
