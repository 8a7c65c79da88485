/** Lists of issues. Of a long one only the rows near what is seen are there: the rest is room with the right height. */

import { IssueRow } from "../elements/issue-row.js";
import { h } from "../lib/dom.js";

/** @import {Column, IssueRow as View} from "../lib/contract.d.ts" */

/** So many rows go together. */
const BLOCK = 20;
/** So many come with a picture at most, so that none is late; who scrolls by faster does not see them. */
const AT_ONCE = 5;
/** So many blocks at the beginning of a list stay: most lists are no longer, and the browser finds words in them. */
const STAYING = 25;
/** What is this near is made ready. CSS pixels. */
const NEAR = 1_200;

/** @typedef {{ issues: View[], columns: Column[], first: number }} Part */

/** @type {WeakMap<Element, Part>} */
const parts = new WeakMap();
/** @type {IntersectionObserver | null} */
let watch = null;

/** The blocks that are to have more rows. @type {Set<HTMLElement>} */
const wanted = new Set();
let filling = false;

/** Adds the next rows with the next picture. */
function next() {
  if (filling || wanted.size === 0) return;
  filling = true;
  requestAnimationFrame(() => {
    filling = false;
    // who has scrolled far away sees that part first
    const [first] = wanted;
    fill([...wanted].find((block) => block.style.minHeight !== "") ?? first);
    next();
  });
}

function watcher() {
  watch ??= new IntersectionObserver(
    (entries) => {
      // all is measured before anything is changed: the page is laid out once
      const gone = entries.filter(({ isIntersecting }) => !isIntersecting);
      const heights = gone.map(({ boundingClientRect }) => boundingClientRect.height);
      gone.forEach(({ target }, at) => void empty(/** @type {HTMLElement} */ (target), heights[at] ?? 0));
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) wanted.add(/** @type {HTMLElement} */ (target));
        else wanted.delete(/** @type {HTMLElement} */ (target));
      }
      next();
    },
    { root: document.querySelector("main"), rootMargin: `${NEAR}px 0px` },
  );
  return watch;
}

/** Adds issues to a list. @param {Element} list @param {View[]} issues @param {Column[]} columns */
export function addRows(list, issues, columns) {
  let rowHeight = 0;
  for (let at = 0; at < issues.length; at += BLOCK) {
    const first = Number(list.getAttribute("data-count") ?? 0);
    const part = { issues: issues.slice(at, at + BLOCK), columns, first };
    const block = h("div.issues-block", { role: "presentation" });
    parts.set(block, part);
    list.setAttribute("data-count", String(first + part.issues.length));
    list.append(block);
    if (first === 0) fill(block);
    if (list.childElementCount <= STAYING) wanted.add(block);
    else {
      rowHeight ||= height(list);
      block.style.minHeight = `${part.issues.length * rowHeight}px`;
      watcher().observe(block);
    }
  }
  while (document.hidden && wanted.size > 0) for (const block of wanted) fill(block); // no picture comes
  next();
}

/** How high a row is, as far as there are some. @param {Element} list */
function height(list) {
  const known = list.firstElementChild;
  return known instanceof HTMLElement ? known.offsetHeight / Math.max(known.childElementCount, 1) : 0;
}

/** Adds the next rows of a block. @param {HTMLElement} block */
function fill(block) {
  const part = parts.get(block);
  if (!part) return;
  const begin = block.childElementCount;
  const rows = part.issues.slice(begin, begin + AT_ONCE).map((issue, at) => {
    const row = IssueRow.of(issue, part.columns);
    row.setAttribute("aria-posinset", String(part.first + begin + at + 1));
    row.setAttribute("aria-setsize", "-1");
    if (part.first + begin + at === 0) row.current(true);
    return row;
  });
  block.append(...rows);
  if (block.childElementCount < part.issues.length) return;
  wanted.delete(block);
  block.style.minHeight = "";
}

/** @param {HTMLElement} block @param {number} height */
function empty(block, height) {
  // who reads a row with the keyboard keeps it
  if (!block.firstChild || block.contains(document.activeElement)) return;
  block.style.minHeight = `${height}px`;
  block.replaceChildren();
}
