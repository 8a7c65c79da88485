/* Runs the contract checks on the real adapters, inside the worker of a test extension in a real browser.
 *
 *   node --test tests/browser/run.mjs      ADAPTERS=<folder> names the prepared extension (default target/browser-contract)
 *
 * It builds nothing. The folder holds extension/* of this place and, in pkg/, what these commands make:
 *
 *   cargo build --release --package browser-contract --target wasm32-unknown-unknown
 *   wasm-bindgen --target web --experimental-reset-state-function --out-dir <folder>/pkg \
 *     target/wasm32-unknown-unknown/release/browser_contract.wasm
 *   wasm-opt -Oz --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals \
 *     --enable-reference-types --enable-multivalue <module> -o <module>         (the way the product is built)
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { browserProgram } from "../e2e/lib/browser.mjs";
import { until } from "../e2e/lib/until.mjs";
import { startServer } from "./server.mjs";

const folder = resolve(
  process.env.ADAPTERS ?? fileURLToPath(new URL("../../target/browser-contract", import.meta.url)),
);
const server = await startServer();
const profile = mkdtempSync(join(tmpdir(), "chat-for-jira-adapters-"));
const browser = await puppeteer.launch({
  executablePath: browserProgram(),
  pipe: true,
  userDataDir: profile,
  enableExtensions: [folder],
  args: [
    "--disable-gpu",
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ],
});

/**
 * Calls one function of the test extension's worker. The browser may have ended an idle worker, or not yet have run the
 * script of a new one: each call finds it anew and waits for it.
 * @param {"names" | "run" | "takeAndDie"} name
 * @param {...string} values
 * @returns {Promise<any>}
 */
async function call(name, ...values) {
  const target = await browser.waitForTarget((each) => each.type() === "service_worker", { timeout: 20_000 });
  const worker = await target.worker();
  assert.ok(worker, "the worker can be reached");
  await until("the worker's script has run", () => worker.evaluate(() => "contract" in globalThis));
  return worker.evaluate(
    (name, values) => /** @type {any} */ (globalThis).contract[name](...values),
    name,
    /** @type {string[]} */ (values),
  );
}

// The person who closes the window.
browser.on("targetchanged", closeIfAsked);
browser.on("targetcreated", closeIfAsked);

/** @param {import("puppeteer-core").Target} target */
async function closeIfAsked(target) {
  if (target.type() === "page" && target.url() === `${server.address}/closing`) {
    await (await target.page())?.close().catch(() => {});
  }
}

test.after(async () => {
  await browser.close();
  server.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

for (const name of await call("names")) {
  test(name.replaceAll("::", ": ").replaceAll("_", " "), { timeout: 60_000 }, async () => {
    assert.equal((await call("run", name, server.address)) ?? null, null);
  });
}

test("a check that does not exist fails", async () => {
  assert.match(await call("run", "nobody::knows", server.address), /there is no check/);
});

/** Runs every check whose name begins so. @param {string} module */
async function runAll(module) {
  for (const name of await call("names")) {
    if (name.startsWith(`${module}::`)) assert.equal((await call("run", name, server.address)) ?? null, null, name);
  }
}

test("archive: a connection stands in nobody's way, and is opened anew", { timeout: 60_000 }, async () => {
  await runAll("archive");
  const target = await browser.waitForTarget((each) => each.type() === "service_worker");
  const worker = await target.worker();
  const outcome = await worker?.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.deleteDatabase("chat-for-jira-archive");
        request.onsuccess = () => resolve("deleted");
        request.onblocked = () => resolve("blocked");
        request.onerror = () => resolve("failed");
      }),
  );
  assert.equal(outcome, "deleted");
  await runAll("archive");
});

test("archive, cipher: databases the browser closes and empties are opened anew", { timeout: 60_000 }, async () => {
  await runAll("archive");
  const target = await browser.waitForTarget((each) => each.type() === "service_worker");
  const session = await target.createCDPSession();
  const origin = new URL(target.url()).origin;
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
  await runAll("archive");
  await runAll("cipher");
});

test("lock: an instance that ends frees its locks at once", async () => {
  assert.equal(await call("takeAndDie", "contract/guard"), true);
  assert.equal((await call("run", "lock::the_guard_frees_it", server.address)) ?? null, null);
});
