/* Our Markdown is read as CommonMark's own specification and its reference parser read it, but for what we leave out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { decoded, EXAMPLES, found, LEFT_OUT, read } from "./commonmark.mjs";
import { Maker, Random, translated } from "./rich.mjs";

/** The pieces of random texts: what we and CommonMark have in common. */
const PIECES = [
  ...[
    "a",
    "b",
    "c d",
    " ",
    " ",
    "  ",
    "\n",
    "\n",
    "\n\n",
    "*",
    "*",
    "**",
    "***",
    "_",
    "_",
    "__",
    "___",
    "`",
    "``",
    "```\n",
  ],
  ...[
    "[",
    "]",
    "(",
    ")",
    "](https://e.x)",
    '](<https://e.x/y z> "t")',
    "![",
    "\\",
    "\\\n",
    "  \n",
    "<",
    ">",
    "<https://e.x>",
  ],
  ...[
    "> ",
    ">",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "10. ",
    "# ",
    "### ",
    " #",
    "***\n",
    "- - -\n",
    "!",
    ".",
    "-",
    '"',
    "ß",
    "…",
    "1",
  ],
];

/**
 * What we read otherwise than the reference parser does, among texts that have nothing of what we leave out.
 * @param {string[]} sources
 */
function compared(sources) {
  const theirs = sources.map(read);
  const ours = translated(sources.map((text) => ({ from: "markdown", text })));
  // Their document goes through our model too, so that only the reading is compared.
  const fitted = translated(theirs.map(({ document }) => ({ from: "adf", text: document })));
  const said = (/** @type {object} */ document) => decoded(JSON.stringify(document));
  return sources.map((source, at) => ({
    source,
    leftOut: theirs[at]?.leftOut ?? [],
    ours: said(ours[at]?.adf.content),
    theirs: said(fitted[at]?.adf.content),
  }));
}

/** @param {ReturnType<typeof compared>} all @param {number} least how many must be comparable */
function allEqual(all, least) {
  const comparable = all.filter((one) => one.leftOut.length === 0);
  assert.ok(comparable.length >= least, `${comparable.length} of ${all.length} are comparable`);
  const different = comparable
    .filter((one) => one.ours !== one.theirs)
    .sort((one, other) => one.source.length - other.source.length);
  const shortest = different[0];
  assert.equal(
    different.length,
    0,
    `${JSON.stringify(shortest?.source)}\nours:   ${shortest?.ours}\ntheirs: ${shortest?.theirs}`,
  );
}

test("every example of the specification is read as there, but for those with something that is left out", () => {
  assert.equal(EXAMPLES.length, 652);
  const all = compared(EXAMPLES.map((one) => one.markdown));
  allEqual(all, 395);
  for (const name of Object.keys(LEFT_OUT)) {
    const with_ = all.filter((one) => one.leftOut.length === 1 && one.leftOut[0] === name);
    assert.ok(
      with_.some((one) => one.ours !== one.theirs),
      `${name}: no longer left out, so to be taken from the list`,
    );
  }
});

test("random texts are read as the reference parser reads them", () => {
  const random = new Random(6);
  const text = () => Array.from({ length: 1 + random.below(14) }, () => random.one(PIECES)).join("");
  allEqual(compared(random.many(10_000, text)), 5_000);
});

test("what we write is no HTML to others either, and leads nowhere but to the web and to mail", () => {
  const random = new Random(7);
  const maker = new Maker(random);
  const documents = [...random.many(3_000, () => maker.valid()), ...random.many(3_000, () => maker.nonsense())];
  for (const { markdown } of translated(documents.map((text) => ({ from: "adf", text })))) {
    const { html, links, pictures } = found(markdown);
    assert.deepEqual(html, [], markdown);
    // Our own addresses of pictures, and addresses that stand by themselves, are all that others read otherwise.
    assert.deepEqual(
      read(markdown).leftOut.filter((what) => !what.includes("addresses")),
      [],
      markdown,
    );
    assert.deepEqual(
      links.filter((url) => !/^(https?:\/\/.|mailto:.)/i.test(url)),
      [],
      markdown,
    );
    assert.deepEqual(
      pictures.filter((url) => !/^(https?:\/\/.|media:)/i.test(url)),
      [],
      markdown,
    );
  }
});
