// Issues that want to be more than text (CHECKLISTS D48): every payload in every place of every card and of every page stays
// text, makes no element, runs nothing, asks no one, and no link leads anywhere but to the web.

import assert from "node:assert/strict";
import { test } from "node:test";
import { account, CARDS, details, OPTIONS, ok, overview, play } from "./fixtures.mjs";
import { LINKS, ODD_LINKS, TEXTS } from "./payloads.mjs";
import { ask } from "./states.mjs";
import { inBrowser, settled, skip } from "./visit.mjs";

const visit = inBrowser();

/** What decides how something is shown is the backend's own, not Jira's. */
const OURS = new Set([
  "kind", "holds", "state", "status_category", "to_category", "role", "code", "input", "health", "provider", "level", "lock", "id",
  "account",
]); // biome-ignore format: a list of words

/** @param {any} value @param {string} payload @returns {any} the same with the payload in the place of every text */
function poisoned(value, payload) {
  if (typeof value === "string") return payload;
  if (Array.isArray(value)) return value.map((each) => poisoned(each, payload));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, part]) => [key, OURS.has(key) ? part : poisoned(part, payload)]));
}

/** Cards in which rich text has every form, links too. */
const RICH = /** @type {any} */ ({
  kind: "issue",
  issue: {
    .../** @type {any} */ (CARDS.issue?.[0])?.issue,
    description: {
      blocks: [
        { kind: "heading", of: [1, [{ kind: "text", of: ["x", { flags: 1, link: "x" }] }]] },
        {
          kind: "paragraph",
          of: [
            { kind: "text", of: ["x", { flags: 127, link: "x" }] },
            { kind: "card", of: "x" },
          ],
        },
        { kind: "paragraph", of: [{ kind: "media", of: { alt: "x", source: { url: "x" } } }] },
        { kind: "code", of: { language: "x", text: "x" } },
        { kind: "card", of: "x" },
        { kind: "media", of: { alt: "", source: { url: "x" } } },
      ],
    },
  },
});
/** Each form of a card once. */
const ALL = [
  ...new Map([...Object.values(CARDS).flat(), RICH].map((card) => [JSON.stringify(poisoned(card, "")), card])).values(),
];

/** What a page made of its cards: which elements, which attributes that could do something, where its links lead. */
const made = (page) =>
  page.evaluate(() => {
    const elements = [...document.querySelectorAll("main *, toast-region *")];
    const attributes = elements.flatMap((element) => [...element.attributes].map(({ name }) => name));
    return {
      tags: [...new Set(elements.map(({ localName }) => localName))],
      attributes: [...new Set(attributes)],
      sources: elements.flatMap((element) => element.getAttribute("src") ?? []),
      links: [...document.querySelectorAll("a[href], area[href]")].map(
        (link) => /** @type {HTMLAnchorElement} */ (link).href,
      ),
      hit: "__hit" in window || document.title.includes("__hit"),
      said: document.body.textContent ?? "",
    };
  });

/** Watches whom a page asks, and what it opens. */
function watch(page, origin) {
  /** @type {string[]} */
  const seen = [];
  page.on("dialog", (dialog) => {
    seen.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("data:image/")) seen.push(`a request: ${url}`);
  });
  page.on("framenavigated", (frame) => frame.parentFrame() && seen.push(`a frame: ${frame.url()}`));
  page.on("popup", () => seen.push("a window"));
  return seen;
}

/** @param {string} payload how it comes out of an element: some characters no page can hold */
const shown = (payload) => payload.replace(/\p{Cs}/gu, "\uFFFD");

const GROUP = 17;
test(`${TEXTS.length} payloads, each in every text of every card, stay text`, { skip, timeout: 600_000 }, async () => {
  assert.ok(TEXTS.length >= 100 && new Set(TEXTS).size === TEXTS.length);
  const panel = (cards) => ({ oneShot: { overview: ok(overview([account()])) }, streams: { ask: play(cards) } });
  const calm = await visit("panel", panel(ALL.map((card) => poisoned(card, "calm"))));
  await ask(calm.page, "calm");
  const usual = await made(calm.page);
  const origin = new URL(calm.page.url()).origin;
  await calm.close();
  // Long ones are folded, and some a browser takes for a date or for an address of the web.
  const tags = new Set([...usual.tags, "button", "a", "span"]);
  const attributes = new Set([
    ...usual.attributes,
    "aria-expanded",
    "datetime",
    "href",
    "target",
    "rel",
    "title",
    "type",
  ]);
  for (let at = 0; at < TEXTS.length; at += GROUP) {
    const group = TEXTS.slice(at, at + GROUP);
    const cards = group.flatMap((payload) => ALL.map((card) => poisoned(card, payload)));
    const { page, complaints, close } = await visit("panel", panel(cards));
    const seen = watch(page, origin);
    await ask(page, group[0] ?? "");
    const found = await made(page);
    assert.deepEqual(
      found.tags.filter((tag) => !tags.has(tag)),
      [],
      "no element",
    );
    assert.deepEqual(
      found.attributes.filter((name) => !attributes.has(name) && !name.startsWith("data-")),
      [],
      "no attribute",
    );
    assert.deepEqual(found.sources, usual.sources, "nothing loaded");
    assert.equal(found.hit, false, "nothing ran");
    assert.deepEqual(seen, [], "nobody asked");
    assert.deepEqual(complaints, [], "no page fails over it");
    for (const payload of group) assert.ok(found.said.includes(shown(payload)), `all of it is shown: ${payload}`);
    for (const link of found.links) assert.match(link, /^https?:\/\//u);
    await close();
  }
});

test("the names of accounts, sites and events stay text on the other pages", { skip, timeout: 300_000 }, async () => {
  for (const name of /** @type {const} */ (["popup", "options", "dashboard"])) {
    const accounts = TEXTS.map((payload, index) => ({ ...poisoned(account(), payload), id: `a${index}` }));
    const first = TEXTS[0] ?? "";
    const { page, close } = await visit(name, {
      oneShot: { ...OPTIONS, overview: ok(overview(accounts)), account_details: ok(poisoned(details(), first)) },
    });
    const seen = watch(page, new URL(page.url()).origin);
    await settled(300);
    const found = await made(page);
    assert.deepEqual(seen, [], name);
    assert.equal(found.hit, false, name);
    const dangerous = [
      "script",
      "iframe",
      "object",
      "embed",
      "svg:script",
      "base",
      "link",
      "meta",
      "style",
      "form:hostile",
    ];
    assert.deepEqual(
      found.tags.filter((tag) => dangerous.includes(tag)),
      [],
      name,
    );
    assert.deepEqual(
      found.attributes.filter((each) => each.startsWith("on")),
      [],
      name,
    );
    for (const link of found.links) assert.match(link, /^https?:\/\//u, name);
    if (name !== "dashboard") assert.ok(found.said.includes(shown(TEXTS[1] ?? "")), name);
    await close();
  }
});

test("what is no address of the web is never a link, in rich text and anywhere else", { skip }, async () => {
  const { page, close } = await visit("panel", { oneShot: { overview: ok(overview([account()])) } });
  const linksOf = (addresses) =>
    page.evaluate(async (given) => {
      const { webLink } = await import(/** @type {any} */ ("/www/lib/dom.js"));
      return given.map((address) => {
        const made = webLink(address, {}, "text");
        return { tag: made.localName, href: made.getAttribute("href"), rel: made.getAttribute("rel") };
      });
    }, addresses);
  for (const [at, link] of (await linksOf(LINKS)).entries()) {
    assert.deepEqual(link, { tag: "span", href: null, rel: null }, JSON.stringify(LINKS[at]));
  }
  for (const [at, { tag, href, rel }] of (await linksOf(ODD_LINKS)).entries()) {
    if (tag === "a") assert.match(href ?? "", /^https?:\/\/[^"<>\s]+$/u, ODD_LINKS[at]);
    if (tag === "a") assert.equal(rel, "noopener noreferrer");
  }
  assert.deepEqual((await linksOf(["https://example.com/a"]))[0]?.tag, "a");
  await close();
});

test("every address in rich text of every kind is one of the web, or text", { skip }, async () => {
  const cards = [...LINKS, ...ODD_LINKS].map((address) => poisoned(RICH, address));
  const { page, close } = await visit("panel", {
    oneShot: { overview: ok(overview([account()])) },
    streams: { ask: play(cards) },
  });
  await ask(page, "links");
  const { links, hit } = await made(page);
  for (const link of links) assert.match(link, /^https?:\/\/(?!example\.com@|user:)/u);
  assert.equal(hit, false);
  await close();
});

for (const name of /** @type {const} */ (["popup", "panel", "options", "dashboard"])) {
  test(`Trusted Types: the ${name} page refuses every string that would become markup or code`, { skip }, async () => {
    const { page, close } = await visit(name, { oneShot: { ...OPTIONS, overview: ok(overview([account()])) } });
    const accepted = await page.evaluate(async () => {
      // The tools that run this may use eval for as long as this turn lasts.
      await new Promise((next) => setTimeout(next, 0));
      const element = document.createElement("div");
      const script = document.createElement("script");
      const frame = document.createElement("iframe");
      /** @type {Record<string, () => unknown>} */
      const ways = {
        innerHTML: () => (element.innerHTML = "<b>x</b>"),
        outerHTML: () => (document.body.appendChild(element).outerHTML = "<b>x</b>"),
        insertAdjacentHTML: () => element.insertAdjacentHTML("beforeend", "<b>x</b>"),
        setHTMLUnsafe: () => /** @type {any} */ (element).setHTMLUnsafe("<b>x</b>"),
        "document.write": () => document.write("<b>x</b>"),
        parseFromString: () => new DOMParser().parseFromString("<b>x</b>", "text/html"),
        parseHTMLUnsafe: () => /** @type {any} */ (Document).parseHTMLUnsafe("<b>x</b>"),
        createContextualFragment: () => document.createRange().createContextualFragment("<b>x</b>"),
        srcdoc: () => (frame.srcdoc = "<b>x</b>"),
        "script.src": () => (script.src = "/www/lib/dom.js"),
        "script.text": () => (script.text = "1"),
        "script.textContent": () => (script.textContent = "1"),
        // biome-ignore lint/security/noGlobalEval: this is what is refused
        eval: () => globalThis.eval("1"),
        Function: () => new Function("1"),
        setTimeout: () => setTimeout(/** @type {any} */ ("1"), 0),
        "handler attribute": () => element.setAttribute("onclick", "1"),
        Worker: () => new Worker("/www/lib/dom.js"),
        "a policy of one's own": () => /** @type {any} */ (globalThis).trustedTypes.createPolicy("x", {}),
      };
      return Object.entries(ways).flatMap(([way, attempt]) => {
        try {
          attempt();
          return [way];
        } catch (error) {
          return error instanceof TypeError || error instanceof EvalError ? [] : [`${way}: ${error}`];
        }
      });
    });
    assert.deepEqual(accepted, []);
    await close();
  });
}
