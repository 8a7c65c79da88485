// Every visible text has a key, every key has a text in each language, and nothing is left over.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { PAGES, pageSource } from "../tools/markup.mjs";
import { messages, root } from "./harness.mjs";

/** @param {string} folder @returns {Promise<string[]>} */
async function filesIn(folder) {
  const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** The pages, the worker's scripts, and what puts a notification and the title of the badge together. */
const sources = async () => {
  const scripts = [...(await filesIn("www")), ...(await filesIn("extension"))];
  const ours = scripts.filter((file) => /\.(html|js)$/u.test(file) && !file.includes("/pkg/"));
  const rust = ["browser/notify.rs", "tokens/record.rs", "app/snapshot.rs"].map((file) => join(root, "src", file));
  const files = [...ours, ...rust];
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(file, "utf8") })));
};
const languages = await readdir(join(root, "extension/_locales"));
const english = await messages("en");

test("every key a page or the manifest names has a text", async () => {
  const named = new Set(
    [...(await readFile(join(root, "manifest.json"), "utf8")).matchAll(/__MSG_(\w+)__/gu)].map((match) => match[1]),
  );
  for (const { text } of await sources()) {
    for (const match of text.matchAll(
      /data-i18n(?:-label|-title|-placeholder)?="(\w+)"|\b(?:message|getMessage)\("(\w+)"/gu,
    ))
      named.add(match[1] ?? match[2]);
  }
  assert.ok(named.size > 50, "the patterns above no longer find the keys");
  assert.deepEqual(
    [...named].filter((key) => !(key in english)),
    [],
  );
});

test("no key is left that nothing names", async () => {
  const all = [await readFile(join(root, "manifest.json"), "utf8"), ...(await sources()).map(({ text }) => text)].join(
    "\n",
  );
  const words = new Set(all.match(/\w+/gu)?.flatMap((word) => [word, word.replace(/^__MSG_(\w+)__$/u, "$1")]));
  // the types hold what stands in between against the keys there are
  const families = [...all.matchAll(/message\(`(\w+_)\$\{[^}]+\}(\w*)`/gu)].map(([, start, end]) => [start, end]);
  // what is counted is named by what its two forms have in common
  const counted = new Set(
    [...all.matchAll(/\bplural\([^;]*?, "(\w+)"\)/gu)].flatMap(([, name]) => [`${name}_one`, `${name}_other`]),
  );
  assert.ok(counted.size > 8 && [...counted].every((key) => key in english), [...counted].join());
  const inFamily = (key) =>
    counted.has(key) || families.some(([start, end]) => key.startsWith(start) && key.endsWith(end));
  const quoted = (key) => all.includes(`"${key}"`) || all.includes(`__MSG_${key}__`);
  assert.deepEqual(
    Object.keys(english).filter((key) => !inFamily(key) && (!words.has(key) || !quoted(key))),
    [],
  );
});

for (const language of languages.filter((name) => name !== "en")) {
  test(`${language} has the same keys as English, with the same values to fill in`, async () => {
    const texts = await messages(language);
    assert.deepEqual(Object.keys(texts), Object.keys(english));
    const blanks = (text) =>
      [...text.matchAll(/\$\d/gu)]
        .map(([blank]) => blank)
        .sort()
        .join();
    for (const [key, { message }] of Object.entries(english)) {
      assert.notEqual(texts[key].message.trim(), "", key);
      assert.equal(blanks(texts[key].message), blanks(message), key);
    }
  });
}

test("the description fits the store's limit in every language", async () => {
  for (const language of languages) {
    const { extension_description: description, extension_name: name } = await messages(language);
    assert.ok(description.message.length <= 132, `${language}: ${description.message.length}`);
    assert.ok(name.message.length <= 45, language);
  }
});

test("no page has a text that is not from the messages, but the product's name and what stands there before any script runs", async () => {
  for (const { file, text } of (await sources()).filter(({ file }) => file.endsWith(".html"))) {
    const bare = text
      .replace(/<code>[^<]*<\/code>/gu, "")
      .replace(/<p[^>]*slow-start[^>]*>[^<]*<\/p>/gu, "")
      .replace(/<[^>]+>/gu, "\n")
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
    assert.deepEqual([...new Set(bare)], ["Chat for Jira"], file);
  }
});

test("each page asks its first question before anything else is run", async () => {
  for (const page of PAGES) {
    const source = pageSource(root, page).match(/<script type="module" src="([^"]+)">/u)?.[1] ?? "";
    const script = await readFile(join(root, "www", page, source), "utf8");
    assert.equal(script.match(/^import[^;]*;/mu)?.[0], 'import "../lib/first-overview.js";', page);
  }
});

test("the popup and the dashboard show the same", () => {
  const [popup, dashboard] = ["popup", "dashboard"].map((page) => pageSource(root, page));
  const main = /<main[\s\S]*<\/main>/u;
  assert.ok(popup.match(main));
  assert.equal(popup.match(main)?.[0], dashboard.match(main)?.[0]);
  assert.match(popup, /<body class="popup"/u);
  assert.match(dashboard, /<body class="dashboard"/u);
  assert.doesNotMatch(popup + dashboard, /data-only/u);
  for (const shown of ["add", "dashboard"]) assert.match(popup, new RegExp(`data-testid="${shown}"`, "u"));
  assert.match(dashboard, /id="version"/u);
  assert.doesNotMatch(popup, /id="version"/u);
});

test("every icon that has a name has a drawing, and the other way round", async () => {
  const [script, drawings] = await Promise.all(
    ["icons.js", "icons.svg"].map((file) => readFile(join(root, "www/lib", file), "utf8")),
  );
  const names = [...(script.match(/@typedef \{([^}]+)\} IconName/u)?.[1] ?? "").matchAll(/"(\w+)"/gu)].map(
    ([, name]) => name,
  );
  assert.deepEqual(
    names,
    [...drawings.matchAll(/<symbol id="icon-(\w+)"/gu)].map(([, id]) => id),
  );
  assert.ok(names.length > 40);
  for (const { file, text } of await sources())
    for (const [, name] of text.matchAll(/data-icon="(\w+)"/gu)) assert.ok(names.includes(name), `${file}: ${name}`);
});
