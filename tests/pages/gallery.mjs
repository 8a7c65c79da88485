// Takes a picture of every state in every theme and width, several at a time, and puts them on one page:
// node tests/pages/gallery.mjs [folder] [pattern]; with `best` for the pattern, only those of the README, larger.

import { mkdir, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { launch, open, paint, root, SCHEMES, serve } from "./harness.mjs";
import { PAGES, states, WIDTHS } from "./states.mjs";

/** Lists as long as this are cut off. */
const LONGEST = 6_000;

/** @typedef {{ file: string, state: string, page: string, scheme: string, width: number }} Picture */

/** Those of the README, by their file: state and theme. @type {Record<string, [string, "light" | "dark"]>} */
const BEST = {
  popup: ["popup-health-fresh", "light"],
  statistics: ["popup-tab-statistics", "dark"],
  panel: ["panel-issues", "light"],
  plan: ["panel-plan-of-two", "dark"],
};
const BEST_SIZE = { width: 360, height: 560 };

const [folder = join(root, "target/gallery"), pattern = "."] = process.argv.slice(2);
const best = pattern === "best";
const wanted = states.filter((state) => best || new RegExp(pattern, "u").test(state.name));
if (wanted.length === 0) throw new Error(`no state is called ${pattern}`);

/** The state in the pseudo-locale too, at the narrowest width: enough to see that nothing breaks. */
const RTL = "rtl";

/** @param {import("puppeteer-core").Page} page @param {string} file @param {number} width */
async function shoot(page, file, width) {
  const height = page.viewport()?.height ?? 600;
  await page.setViewport({ width, height });
  const tall = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewport({ width, height: Math.min(LONGEST, Math.max(height, tall)) });
  await page.screenshot({
    path: /** @type {`${string}.png`} */ (join(folder, file)),
    captureBeyondViewport: false,
    optimizeForSpeed: true,
  });
  await page.setViewport({ width, height });
}

/**
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} origin
 * @param {import("./states.mjs").State} state
 * @returns {Promise<Picture[]>}
 */
async function picturesOf(browser, origin, { name, page: which, setting, act }) {
  const widths = WIDTHS[which];
  /** @type {Picture[]} */
  const pictures = [];
  const visit = async (
    /** @type {typeof setting} */ changes,
    /** @type {string[]} */ looks,
    /** @type {number[]} */ at,
  ) => {
    const { page, close } = await open(browser, origin, which, { ...setting, width: widths[0], ...changes });
    await act?.(page);
    for (const scheme of looks) {
      await paint(page, scheme === RTL ? "light" : /** @type {any} */ (scheme));
      for (const width of at) {
        const file = `${name}-${scheme}-${width}.png`;
        await shoot(page, file, width);
        pictures.push({ file, state: name, page: which, scheme, width });
      }
    }
    await close();
  };
  await visit({}, [...SCHEMES], widths);
  if (setting.language === undefined) await visit({ language: "pseudo" }, [RTL], [320]);
  return pictures;
}

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** @param {Picture[]} pictures */
function index(pictures) {
  const figure = ({ file, scheme, width }) =>
    `<figure data-scheme="${scheme}" data-width="${width}"><a href="${file}"><img loading="lazy" src="${file}" alt="" width="${Math.min(width, 360)}"></a><figcaption>${scheme}, ${width} px</figcaption></figure>`;
  const section = (/** @type {string} */ state) =>
    `<section id="${escaped(state)}"><h3>${escaped(state)}</h3><div>${pictures
      .filter((picture) => picture.state === state)
      .map(figure)
      .join("")}</div></section>`;
  const page = (/** @type {string} */ name) =>
    `<h2>${name}</h2>${wanted
      .filter((state) => state.page === name)
      .map((state) => section(state.name))
      .join("\n")}`;
  const choices = (/** @type {string} */ what, /** @type {(string | number)[]} */ values) =>
    values.map((value) => `<label><input type="checkbox" checked data-${what}="${value}"> ${value}</label>`).join(" ");
  const looks = [...new Set(pictures.map(({ scheme }) => scheme))];
  const widths = [...new Set(pictures.map(({ width }) => width))].sort((a, b) => a - b);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Chat for Jira: every state</title>
<style>body{font:14px/20px sans-serif;margin:24px;background:#e9e9e9}section div{display:flex;flex-wrap:wrap;gap:16px;align-items:start}
figure{margin:0}img{display:block;border:1px solid #aaa;max-height:560px;object-fit:cover;object-position:top}
nav{position:sticky;top:0;padding:8px;background:#e9e9e9}[hidden]{display:none}</style>
<h1>${wanted.length} states, ${pictures.length} pictures</h1><nav>${choices("scheme", looks)} | ${choices("width", widths)}</nav>
${PAGES.map(page).join("\n")}
<script>document.querySelector("nav").addEventListener("change",()=>{const off=(what)=>[...document.querySelectorAll("nav [data-"+what+"]:not(:checked)")].map((box)=>box.dataset[what]);
const schemes=off("scheme"),widths=off("width");for(const figure of document.querySelectorAll("figure"))figure.hidden=schemes.includes(figure.dataset.scheme)||widths.includes(figure.dataset.width)})</script></html>`;
}

/** @param {string} origin */
async function takeBest(origin) {
  const browser = await launch();
  for (const [file, [name, scheme]] of Object.entries(BEST)) {
    const {
      page: which,
      setting,
      act,
    } = /** @type {import("./states.mjs").State} */ (states.find((state) => state.name === name));
    const { page, close } = await open(browser, origin, which, { ...setting, scheme, ...BEST_SIZE });
    await page.setViewport({ ...BEST_SIZE, deviceScaleFactor: 1.5 });
    await act?.(page);
    await page.evaluate(() => /** @type {HTMLElement | null} */ (document.activeElement)?.blur());
    await page.screenshot({ path: /** @type {`${string}.png`} */ (join(folder, `${file}.png`)) });
    await close();
  }
  await browser.close();
}

if (!best) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const server = await serve(true);
if (best) {
  await takeBest(server.origin);
  await server.close();
  process.exit();
}
const left = [...wanted];
/** @type {Picture[]} */
const pictures = [];
/** A browser of its own for each: pages of one take turns at being painted. */
async function work() {
  const browser = await launch();
  for (let state = left.shift(); state; state = left.shift()) {
    pictures.push(...(await picturesOf(browser, server.origin, state)));
  }
  await browser.close();
}
await Promise.all(Array.from({ length: Math.max(2, Math.min(4, availableParallelism())) }, work));
await server.close();
await writeFile(join(folder, "index.html"), index(pictures));
console.log(`${pictures.length} pictures of ${wanted.length} states: ${join(folder, "index.html")}`);
