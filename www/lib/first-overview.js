/** The first question of every page, on its way while the rest of the page's scripts still load. Its page lists it first. */

import { call, preparedOverview } from "./extension.js";

/** The next picture is painted; of a tab behind another none is. */
const painted = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 50);
  });

/** What can be shown until the answer comes: a worker that has to start takes longer than this page. */
export const earlyOverview = preparedOverview();
/** What is there already is painted before the worker is woken: a start takes the processor that painting needs. */
export const firstOverview = earlyOverview.then(async (early) => {
  if (early) await painted();
  return call("overview", { all: false });
});
firstOverview.catch(() => {}); // whoever shows it says what went wrong
