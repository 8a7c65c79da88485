// One-shot commands, as they reach the worker and come back.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** What `sendMessage` does, in turn. @type {(() => Promise<any>)[]} */
let turns = [];
/** @type {any[]} */
let sent = [];
const chrome = {
  runtime: {
    id: "x",
    sendMessage: (message) => {
      sent.push(message);
      return (turns.shift() ?? (async () => undefined))();
    },
  },
  i18n: { getMessage: (key) => `text of ${key}` },
  permissions: {
    request: async () => {
      throw new Error("not in the manifest");
    },
  },
};
Object.assign(globalThis, { chrome });
const { BUILD } = await import("../../www/lib/build.js");
const { call, errorView, requestHosts } = await import("../../www/lib/extension.js");
const { BackendError } = await import("../../www/lib/backend-error.js");
beforeEach(() => {
  turns = [];
  sent = [];
  chrome.runtime.id = "x";
});

const dies = async () => {
  throw new Error("The message port closed before a response was received.");
};

test("a value is handed on", async () => {
  turns = [async () => ({ ok: true, value: { problems: [] } })];
  assert.deepEqual(await call("refresh", { account: "a" }), { problems: [] });
  assert.deepEqual(sent, [{ command: "refresh", args: { account: "a" }, build: BUILD }]);
});

test("an error keeps its code, sentence and action, and is not asked again", async () => {
  turns = [
    async () => ({ ok: false, error: { code: "rate_limited", message: "Wait.", action: { kind: "retry", at: 5 } } }),
  ];
  await assert.rejects(
    call("overview", { all: false }),
    (error) =>
      error instanceof BackendError &&
      error.code === "rate_limited" &&
      error.message === "Wait." &&
      error.action.kind === "retry",
  );
  assert.equal(sent.length, 1);
});

test("a worker that dies over a command is asked a second time", async () => {
  turns = [dies, async () => ({ ok: true, value: 1 })];
  assert.equal(await call("overview", { all: false }), 1);
});

test("a worker that never answers ends in one readable error with a retry", async () => {
  turns = [dies, dies];
  await assert.rejects(call("overview", { all: false }), {
    code: "internal",
    message: "text of backend_unreachable",
    action: { kind: "retry", at: null },
  });
  assert.equal(sent.length, 2);
  turns = [async () => undefined, async () => ({ nonsense: true })];
  await assert.rejects(call("overview", { all: false }), { code: "internal" });
});

test("a page left open over an update says to reload it", async () => {
  turns = [dies, dies];
  chrome.runtime.id = /** @type {any} */ (undefined);
  await assert.rejects(call("overview", { all: false }), {
    message: "text of updated_reload",
    action: { kind: "reload" },
  });
});

test("asking for no host grants at once, and a refusal of the browser is a no", async () => {
  assert.equal(await requestHosts([]), true);
  assert.equal(await requestHosts(["https://x/*"]), false);
});

test("any failure becomes a view with a code", (t) => {
  t.mock.method(console, "error", () => {});
  assert.equal(errorView(new TypeError("x is not a function")).code, "internal");
  assert.ok(!errorView(new TypeError("x is not a function")).message.includes("not a function"));
});
