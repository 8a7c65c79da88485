/*
 * The pages' files. The popup is the dashboard, small: both are written down once, in `www/dashboard/dashboard.html`, where the body's
 * class says which of the two it is, and a line that only one of them has says which (`data-only`).
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const PAGES = ["popup", "panel", "options", "dashboard"];

/** Pages that are written down in one file, by the page that it belongs to. */
const TOGETHER = { dashboard: ["dashboard", "popup"] };

/** Where a page lies, from the root of the extension. @param {string} page */
export const pagePath = (page) => `www/${page}/${page}.html`;

/** @param {string} base the folder that holds `www` @param {string} page @returns {string} the page, before anything is put together */
export function pageSource(base, page) {
  const [home, all] = Object.entries(TOGETHER).find(([, pages]) => pages.includes(page)) ?? [page, [page]];
  const source = readFileSync(join(base, pagePath(home)), "utf8");
  const kept = source.split("\n").filter((line) => {
    const only = line.match(/ data-only="(\w+)"/u)?.[1];
    if (only !== undefined && !all.includes(only)) throw new Error(`${pagePath(home)}: no page is called ${only}`);
    return only === undefined || only === page;
  });
  return kept
    .join("\n")
    .replaceAll(` data-only="${page}"`, "")
    .replace(`<body class="${home}"`, `<body class="${page}"`);
}
