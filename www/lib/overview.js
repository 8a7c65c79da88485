/** What every page shows first and keeps showing: the accounts, asked once and then pushed. */

import { call, onEvent } from "./extension.js";
import { firstOverview } from "./first-overview.js";

/** @import {Overview} from "./contract.d.ts" */

/**
 * Asks for the overview and hears of every change until the signal aborts.
 * @param {{ show: (overview: Overview) => void, fail: (error: unknown) => void, signal: AbortSignal, eager: boolean }} options
 * @returns {{ reload: () => Promise<void> }}
 */
export function watchOverview({ show, fail, signal, eager }) {
  const showWhen = async (/** @type {Promise<Overview>} */ answer) => {
    try {
      show(await answer);
    } catch (error) {
      fail(error);
    }
  };
  const reload = () => showWhen(call("overview", {}));
  void showWhen(firstOverview).then(() => { // the question goes first, so that the first paint does not wait for the port
    if (signal.aborted) return;
    onEvent((event) => event.kind === "overview" && show(event.overview), { signal, eager });
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void reload(), { signal });
  return { reload };
}
