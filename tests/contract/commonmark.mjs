/*
 * CommonMark as its own specification and its reference parser have it: the examples of the one, read by the other, as
 * documents of Atlassian's format. What our Markdown leaves out on purpose (src/rich/markdown.md) is told apart by name.
 */
import { createRequire } from "node:module";

const load = createRequire(import.meta.url);
const commonmark = load("commonmark");

/** @typedef {Record<string, any>} Json */
/** @typedef {{ markdown: string, section: string, number: number }} Example */

/**
 * The specification's examples. Their addresses are made ones that may be linked to: those of the specification lead nowhere.
 * @type {Example[]}
 */
export const EXAMPLES = load("commonmark-spec").tests.map((/** @type {Example} */ one) => ({
  ...one,
  markdown: one.markdown.replaceAll("→", "\t").replace(/(?<=\]\(\s*<?)\/?(?=(ur[il]|my)\b)/g, "https://e.x/"),
}));

/** What we leave out, each with how it is recognized in the source or in the tree. @type {Record<string, (read: Read) => boolean>} */
export const LEFT_OUT = {
  HTML: ({ nodes }) => nodes.some((node) => node.type.startsWith("html_")),
  entities: ({ source, tree }) => {
    const kept = parsed(source.replace(/(?<!\\)&(?=#?\w+;)/g, "\uE000")).tree;
    return JSON.stringify(documentOf(kept)).replaceAll("\uE000", "&") !== JSON.stringify(documentOf(tree));
  },
  "indented code": ({ nodes }) => nodes.some((node) => node.type === "code_block" && !node._isFenced),
  "underlined headings": ({ nodes, source }) =>
    nodes.some((node) => node.type === "heading" && underlined(node, source)),
  "addresses that stand elsewhere": ({ references }) => references > 0,
  "other addresses than http, https and mailto": ({ nodes }) =>
    nodes.some((node) => /link|image/.test(node.type) && !web(node.destination)),
  "addresses without signs around them": ({ nodes }) =>
    nodes.some((node) => node.type === "text" && node.parent.type !== "link" && /https?:\/\/./.test(node.literal)),
};

/** @typedef {{ source: string, tree: any, nodes: any[], references: number }} Read */

/** @param {string} url */
const web = (url) => /^(https?:\/\/.|mailto:.)/i.test(url);

/** @param {any} node @param {string} source */
function underlined(node, source) {
  const [[first], [last]] = node.sourcepos;
  return last > first || !source.split("\n")[first - 1]?.includes("#");
}

/**
 * The document that the reference parser sees, and what of it we leave out on purpose.
 * @param {string} source
 * @returns {{ document: Json, leftOut: string[] }}
 */
export function read(source) {
  const { tree, nodes, parser } = parsed(source);
  const facts = { source, tree, nodes, references: Object.keys(parser.refmap).length };
  const leftOut = Object.keys(LEFT_OUT).filter((name) => LEFT_OUT[name]?.(facts));
  return { document: documentOf(tree), leftOut };
}

/** @param {any} tree @returns {Json} */
const documentOf = (tree) => ({ type: "doc", version: 1, content: children(tree).map(block) });

/** @param {string} source */
function parsed(source) {
  const parser = new commonmark.Parser();
  const tree = parser.parse(source);
  /** @type {any[]} */
  const nodes = [];
  const walker = tree.walker();
  for (let event = walker.next(); event; event = walker.next()) if (event.entering) nodes.push(event.node);
  return { tree, nodes, parser };
}

/** What the reference parser sees of HTML, links and pictures. @param {string} source */
export function found(source) {
  const { nodes } = parsed(source);
  const of = (/** @type {string} */ type) => nodes.filter((node) => node.type.startsWith(type));
  return {
    html: of("html").map((node) => node.literal),
    links: of("link").map((node) => node.destination),
    pictures: of("image").map((node) => node.destination),
  };
}

/** @param {any} node @returns {any[]} */
function children(node) {
  const all = [];
  for (let child = node.firstChild; child; child = child.next) all.push(child);
  return all;
}

/** @param {any} node @returns {Json} */
function block(node) {
  const within = () => children(node).map(block);
  const line = () => children(node).flatMap((child) => inlines(child, []));
  switch (node.type) {
    case "heading":
      return { type: "heading", attrs: { level: node.level }, content: line() };
    case "block_quote":
      return { type: "blockquote", content: within() };
    case "list":
      if (node.listType === "bullet") return { type: "bulletList", content: within() };
      return { type: "orderedList", attrs: { order: node.listStart }, content: within() };
    case "item":
      return { type: "listItem", content: within() };
    case "code_block": {
      const text = node.literal.replace(/\n$/, "");
      return { type: "codeBlock", attrs: { language: node.info ?? "" }, content: text ? [{ type: "text", text }] : [] };
    }
    case "thematic_break":
      return { type: "rule" };
    case "html_block":
      return { type: "paragraph", content: [{ type: "text", text: node.literal }] };
    default:
      return { type: "paragraph", content: line() };
  }
}

/** @param {any} node @param {Json[]} marks @returns {Json[]} */
function inlines(node, marks) {
  const text = (/** @type {string} */ text, /** @type {Json[]} */ ...own) => [
    { type: "text", text, marks: [...marks, ...own] },
  ];
  const within = (/** @type {Json[]} */ ...own) =>
    children(node).flatMap((child) => inlines(child, [...marks, ...own]));
  const attrs = { href: node.destination };
  switch (node.type) {
    case "softbreak":
      return text(" ");
    case "linebreak":
      return [{ type: "hardBreak" }];
    case "code":
      return text(node.literal, { type: "code" });
    case "emph":
      return within({ type: "em" });
    case "strong":
      return within({ type: "strong" });
    case "link":
      if (/^(http|mailto)/i.test(node.destination) && decoded(said(node)) === decoded(node.destination))
        return [{ type: "inlineCard", attrs: { url: node.destination } }];
      return within({ type: "link", attrs });
    case "image": {
      const alt = said(node);
      return [{ type: "media", attrs: { type: "external", url: node.destination, alt } }];
    }
    default:
      return text(node.literal);
  }
}

/** An address without the encoding of signs, which may differ. @param {string} url */
export const decoded = (url) =>
  url.replace(/%[\dA-F]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));

/** The characters of a node and of those in it. @param {any} node @returns {string} */
function said(node) {
  const own = /break$/.test(node.type) ? " " : (node.literal ?? "");
  return own + children(node).map(said).join("");
}
