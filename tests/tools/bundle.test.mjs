/* What ships of the pages: small, nothing twice, and whole. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { bundles } from "./bundle.mjs";
import { PAGES, pagePath, pageSource } from "./markup.mjs";
import { ROOT } from "./tree.mjs";

const shipped = new Map(bundles(ROOT));
const text = (/** @type {string} */ path) => Buffer.from(shipped.get(path) ?? "").toString();

/** The scripts and styles that a page loads. @param {string} page */
function loadedBy(page) {
  const links = text(pagePath(page)).matchAll(
    /<(?:link rel="(?:stylesheet|modulepreload)" href|script (?:async )?type="module" src)="([^"]+)"/gu,
  );
  return [...links].map((link) => join("www", page, link[1] ?? ""));
}

test("no page loads more than 120 kB of scripts and styles", () => {
  for (const page of PAGES) {
    const files = loadedBy(page);
    assert.equal(files.length, 4, files.join());
    const sizes = files.map((file) => shipped.get(file)?.length ?? Number.NaN);
    const sum = sizes.reduce((a, b) => a + b, 0);
    assert.ok(sum <= 120_000, `${page}: ${files.map((file, at) => `${file} ${sizes[at]}`).join(", ")}`);
  }
});

/** What all scripts and styles weigh together, in bytes. The goal is 120 kB; what has been reached is not given up again. */
const REACHED = 140_600;

test("all scripts and styles together weigh no more than they have come down to", () => {
  const files = [...shipped].filter(([path]) => /\.(?:js|css)$/u.test(path));
  const sum = files.reduce((total, [, bytes]) => total + bytes.length, 0);
  assert.ok(
    sum > 50_000 && sum <= REACHED,
    `${sum}: ${files.map(([path, { length }]) => `${path} ${length}`).join(", ")}`,
  );
});

/** The names that a script takes from another, or gives out, as the others know them. @param {string} list */
const named = (list, /** @type {0 | -1} */ side) =>
  list.split(",").map((name) => name.trim().split(" ").at(side) ?? "");

test("what a script takes from the shared one is there", () => {
  const given = new Set(named(text("www/shared.js").match(/export\{([^}]*)\}/u)?.[1] ?? "", -1));
  assert.ok(given.size > 30);
  const scripts = [...shipped.keys()].filter((path) => /^www\/\w+\/(?!said\.).*\.js$/u.test(path));
  assert.ok(scripts.length >= 5, scripts.join());
  for (const path of scripts) {
    const imports = [...text(path).matchAll(/\bimport(?:\{([^}]*)\}from)?"([^"]+)"/gu)];
    assert.deepEqual([...new Set(imports.map((each) => each[2]))], ["../shared.js"], path);
    for (const name of named(imports.map((each) => each[1]).join(), 0)) assert.ok(given.has(name), `${path}: ${name}`);
  }
});

test("what a script imports when it needs it ships as a file of its own", () => {
  for (const [path, bytes] of shipped) {
    if (!path.endsWith(".js")) continue;
    for (const [, later = ""] of Buffer.from(bytes)
      .toString()
      .matchAll(/\bimport\("([^"]+)"\)/gu))
      assert.ok(shipped.has(join(dirname(path), later)), `${path}: ${later}`);
  }
  assert.ok(shipped.has("www/elements/unlock-form.js"));
  assert.match(text("www/shared.js"), /"www\/lib\/said\.js"/u);
  assert.doesNotMatch(text("www/lib/said.js"), /\bimport\b/u, "imported by its address: it needs nothing else");
});

test("the popup is the dashboard with a body of its own", () => {
  const folder = mkdtempSync(join(tmpdir(), "chat-for-jira-markup-"));
  mkdirSync(join(folder, "www/dashboard"), { recursive: true });
  const write = (/** @type {string} */ page) => writeFileSync(join(folder, pagePath("dashboard")), page);
  write('<body class="dashboard">\n<p>both</p>\n<p data-only="popup">small</p>\n<p data-only="dashboard">large</p>');
  assert.equal(pageSource(folder, "popup"), '<body class="popup">\n<p>both</p>\n<p>small</p>');
  assert.equal(pageSource(folder, "dashboard"), '<body class="dashboard">\n<p>both</p>\n<p>large</p>');
  write('<p data-only="panel"></p>');
  assert.throws(() => pageSource(folder, "popup"), /no page is called panel/u);
  rmSync(folder, { recursive: true });
});

test("the theme's names are short in every style, and none is left that nobody gives", () => {
  const styles = [...shipped.keys()].filter((path) => path.endsWith(".css")).map(text);
  const given = new Set(styles.flatMap((style) => [...style.matchAll(/[{;](--[\w-]+):/gu)].map(([, name]) => name)));
  const used = styles.flatMap((style) => [...style.matchAll(/var\((--[\w-]+)/gu)].map(([, name]) => name));
  assert.ok(used.length > 200);
  assert.deepEqual([...new Set(used.filter((name) => !given.has(name)))], []);
  assert.doesNotMatch(styles.join(""), /--foreground|--background/u);
});

test("the same sources give the same bytes", () => {
  for (const [path, bytes] of bundles(ROOT))
    assert.ok(Buffer.from(bytes).equals(shipped.get(path) ?? new Uint8Array()), path);
});

/** Another, small extension, of which two pages need one thing. @param {string} second what its second page says */
function small(second) {
  const folder = mkdtempSync(join(tmpdir(), "chat-for-jira-bundle-"));
  /** @type {Record<string, string>} */
  const files = {
    "www/lib/theme.css": "",
    "www/lib/icons.svg": "",
    "www/elements/elements.css": "",
    "www/lib/a.js": "export const show = () => console.log(1);",
    "www/lib/b.js": "export const hide = () => console.log(2);",
    "www/shared.js": `import "./lib/a.js";`,
  };
  for (const page of PAGES) {
    const imports = `import "../shared.js"; import { show } from "../lib/a.js"; show();`;
    files[`www/${page}/${page}.js`] = page === "panel" ? imports : second;
    files[pagePath(page)] =
      `<body class="${page}"><link rel="stylesheet" href="../lib/theme.css"><link rel="stylesheet" href="../elements/elements.css"><script type="module" src="../${page}/${page}.js"></script>`;
  }
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contents);
  }
  return folder;
}

test("what pages share is in one file, and a build that would make a second is refused", () => {
  const good = small(`import "../shared.js"; import { show } from "../lib/a.js"; show();`);
  assert.ok(new Map(bundles(good)).has("www/shared.js"));
  const unlisted = small(`import "../shared.js"; import { hide } from "../lib/b.js"; hide();`);
  assert.throws(() => bundles(unlisted), /share the same path/u, "esbuild says which");
  for (const folder of [good, unlisted]) rmSync(folder, { recursive: true });
});
