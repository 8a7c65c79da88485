/** The first question of every page, on its way while the rest of the page's scripts still load. Its page lists it first. */

import { call } from "./extension.js";

export const firstOverview = call("overview", { all: false });
firstOverview.catch(() => {}); // whoever shows it says what went wrong
