// The worker's two modules: which one is asked, when the whole one comes, and what becomes of the small one.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

const root = new URL("../..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "chat-for-jira-backend-"));
after(() => rmSync(folder, { recursive: true }));

/** The worker's script as one file; the glue is the test's own. */
const script = buildSync({
  absWorkingDir: root,
  stdin: {
    contents: 'export * from "./ports.js"; export { answer } from "./router.js"; export { use } from "./backend.js";',
    resolveDir: join(root, "extension"),
  },
  outfile: join(folder, "script.mjs"),
  bundle: true,
  format: "esm",
  external: ["./pkg/*"],
  write: false,
}).outputFiles[0]?.text.replace(
  /import (\w+), \{ (\w+)(?: as (\w+))?, (\w+)(?: as (\w+))? \} from "\.\/pkg\/(\w+)\.js";/gu,
  (_, init, one, oneAs, other, otherAs, name) =>
    `const { init: ${init}, ${one}: ${oneAs ?? one}, ${other}: ${otherAs ?? other} } = globalThis.glue.${name};`,
);

// What is compiled matters to nobody here.
const empty = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
Object.assign(WebAssembly, { compileStreaming: async () => empty });
globalThis.fetch = async () => new Response();

const turn = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));
const PANEL = "chrome-extension://x/www/panel/panel.html";
const POPUP = "chrome-extension://x/www/popup/popup.html";

/** One build: what it was asked, in order, and what it answers. */
function fakeModule(name) {
  const state = {
    name,
    heard: [],
    left: [],
    loads: 0,
    resets: 0,
    instances: [],
    /** What a load waits for. */
    loading: Promise.resolve(),
    /** What a call comes to, by the command or the method. */
    behave: {},
  };
  const act = (what, ...about) => {
    state.heard.push([what, ...about].join(" "));
    return state.behave[what]?.();
  };
  class Backend {
    constructor(end) {
      this.end = end;
      this.posts = new Map();
      state.instances.push(this);
    }
    handle = async (request) => (await act(request.command)) ?? { ok: true, value: name };
    open_port(id, post) {
      this.posts.set(id, post);
    }
    close_port(id) {
      this.posts.delete(id);
    }
    async port_message(id, message) {
      if (!this.posts.has(id)) return;
      await act(message.cancel ? "cancel" : (message.command ?? "resume"));
      this.posts.get(id)?.({ id: message.id, done: name });
    }
    look_again = async () => void act("look_again");
    left_over = () => state.left.pop();
    ask_silently = async (account) => void act("ask_silently", account);
    begin_chat = async () => void act("begin_chat");
    alarm = async () => void (await act("alarm"));
  }
  const init = async () => {
    state.loads += 1;
    await state.loading;
  };
  return [state, { init, Backend, __wbg_reset_state: () => void (state.resets += 1) }];
}

let last = 0;

/** A worker that has just started. */
async function start() {
  const [core, coreGlue] = fakeModule("core");
  const [whole, wholeGlue] = fakeModule("whole");
  const self = new EventTarget();
  Object.assign(globalThis, {
    self,
    glue: { core: coreGlue, whole: wholeGlue },
    chrome: {
      runtime: { id: "x", getURL: (path) => `chrome-extension://x/${path}` },
      i18n: { getMessage: (key) => key },
      storage: { session: { get: async () => ({}) } },
    },
  });
  last += 1;
  const file = join(folder, `worker-${last}.mjs`);
  (await import("node:fs")).writeFileSync(file, script ?? "");
  const worker = await import(pathToFileURL(file).href);
  const send = (command, url = POPUP) =>
    new Promise((resolve) => worker.answer({ command }, { id: "x", url }, resolve));
  return { core, whole, worker, send, self };
}

/** A page's end of a connection. @param {any} worker @param {string} url */
function page(worker, url) {
  const heard = [];
  const ended = [];
  const end = { posted: [], closed: false };
  worker.connect({
    name: "page",
    sender: { id: "x", url },
    postMessage: (message) => end.posted.push(message),
    disconnect: () => (end.closed = true),
    onMessage: { addListener: (listen) => heard.push(listen) },
    onDisconnect: { addListener: (listen) => ended.push(listen) },
  });
  const say = (message) => heard.forEach((listen) => listen(message));
  return { end, say, go: () => ended.forEach((listen) => listen()) };
}

/** Held until it is let go. */
function gate() {
  let open = () => {};
  const promise = new Promise((resolve) => (open = () => resolve(undefined)));
  return { promise, open };
}

const trap = (name) => {
  const error = new WebAssembly.RuntimeError("unreachable");
  error.stack = `RuntimeError: unreachable\n    at chrome-extension://x/extension/pkg/${name}_bg.wasm:wasm-function[7]:0x1f`;
  return error;
};

test("accounts need the small module only, and a popup does not load the other", async () => {
  const { core, whole, worker, send } = await start();
  page(worker, POPUP);
  assert.deepEqual(await send("overview"), { ok: true, value: "core" });
  await worker.use((backend) => backend.alarm());
  assert.deepEqual([core.loads, whole.loads], [1, 0]);
});

test("a panel that opens loads the whole module before anything is asked, and accounts are answered meanwhile", async () => {
  const { core, whole, worker, send } = await start();
  const load = gate();
  whole.loading = load.promise;
  const panel = page(worker, PANEL);
  await turn();
  assert.equal(whole.loads, 1);
  assert.deepEqual(await send("overview", PANEL), { ok: true, value: "core" });
  panel.say({ id: "q", command: "ask" });
  await turn();
  assert.deepEqual(panel.end.posted, []);
  load.open();
  await turn();
  assert.deepEqual(panel.end.posted, [{ id: "q", done: "whole" }]);
  assert.equal(core.resets, 1, "nothing is left for the small module to do");
  assert.deepEqual(await send("overview", PANEL), { ok: true, value: "whole" });
  assert.deepEqual([core.loads, whole.loads], [1, 1]);
});

test("what the small module does not know reaches the whole one, and whatever is asked over a connection", async () => {
  const { WHOLE } = await import("../../extension/commands.js");
  for (const command of WHOLE) {
    const { core, whole, send } = await start();
    await send(command);
    assert.deepEqual([core.heard, whole.heard], [[], [command]]);
  }
  const { core, whole, worker } = await start();
  const popup = page(worker, POPUP);
  for (const message of [
    { id: "q", resume: 3 },
    { id: "s", command: "connect" },
    { id: "s", cancel: true },
  ])
    popup.say(message);
  await turn();
  assert.deepEqual([core.heard, whole.heard], [[], ["resume", "connect", "cancel"]]);
});

test("what the small module has begun it finishes, and then it goes", async () => {
  const { core, whole, worker, send } = await start();
  const slow = gate();
  core.behave.refresh = () => slow.promise;
  const popup = page(worker, POPUP);
  const begun = send("refresh");
  await turn();
  const late = page(worker, PANEL);
  await turn();
  assert.equal(core.resets, 0);
  assert.deepEqual(await send("settings"), { ok: true, value: "whole" });
  for (const [{ posts }] of [core.instances, whole.instances])
    for (const post of posts.values()) post({ event: "changed" });
  for (const { end } of [popup, late]) assert.equal(end.posted.length, 2, "both modules push to every page");
  slow.open();
  assert.deepEqual(await begun, { ok: true, value: "core" });
  await turn();
  assert.equal(core.resets, 1);
  assert.ok(whole.heard.includes("look_again"), "the whole module does not know what was done beside it");
  assert.ok(!popup.end.closed && !late.end.closed);
});

test("what the small module leaves over the whole one does", async () => {
  const { core, whole, worker } = await start();
  core.left = ["a1", "a2"];
  await worker.use((backend) => backend.alarm());
  await turn();
  assert.deepEqual([core.heard, whole.heard], [["alarm"], ["ask_silently a2", "ask_silently a1"]]);
  assert.equal(core.resets, 1);
});

test("when the whole module traps the pages connect anew, the small one answers, and the next question loads it again", async () => {
  const { core, whole, worker, send } = await start();
  const panel = page(worker, PANEL);
  const popup = page(worker, POPUP);
  await turn();
  whole.behave.ask = () => {
    throw trap("whole");
  };
  panel.say({ id: "q", command: "ask" });
  await turn();
  assert.ok(panel.end.closed && popup.end.closed);
  assert.ok(whole.instances[0].end.aborted, "its locks are free");
  assert.equal(whole.resets, 1);
  assert.deepEqual(await send("overview"), { ok: true, value: "core" });
  assert.equal(core.loads, 2);
  whole.behave = {};
  const again = page(worker, PANEL);
  again.say({ id: "q", resume: 0, command: "ask" });
  await turn();
  assert.deepEqual(again.end.posted, [{ id: "q", done: "whole" }]);
  assert.equal(whole.loads, 2);
  assert.deepEqual([...whole.instances[1].posts.keys()].length, 1, "pages that have gone are forgotten");
});

test("a question that leads to a trap each time comes to an end", async () => {
  const { whole, worker } = await start();
  whole.behave.ask = () => {
    throw trap("whole");
  };
  for (const [round, closed] of [true, true, false].entries()) {
    const panel = page(worker, PANEL);
    panel.say(round === 0 ? { id: "q", command: "ask" } : { id: "q", resume: 0, command: "ask" });
    await turn();
    assert.equal(panel.end.closed, closed);
    if (!closed) assert.equal(panel.end.posted[0]?.error.code, "internal");
  }
});

test("a trap outside of any call takes the instance it was in, and only that", async () => {
  const { core, whole, worker, self } = await start();
  const slow = gate();
  core.behave.refresh = () => slow.promise;
  worker.use((backend) => backend.handle({ command: "refresh" })).catch(() => {});
  page(worker, PANEL);
  await turn();
  self.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason: trap("whole") }));
  assert.deepEqual([core.resets, whole.resets], [0, 1]);
  assert.ok(!core.instances[0].end.aborted);
  self.dispatchEvent(Object.assign(new Event("error"), { error: trap("core") }));
  assert.deepEqual([core.resets, whole.resets], [1, 1]);
  self.dispatchEvent(Object.assign(new Event("error"), { error: new TypeError("no trap") }));
  assert.deepEqual([core.resets, whole.resets], [1, 1]);
});

test("where the whole module cannot be loaded the chat says so, accounts go on, and the next question tries again", async () => {
  const { core, whole, worker, send } = await start();
  whole.loading = Promise.reject(new Error("no file"));
  whole.loading.catch(() => {});
  const panel = page(worker, PANEL);
  panel.say({ id: "q", command: "ask" });
  await turn();
  assert.equal(panel.end.posted[0]?.error.code, "internal");
  assert.deepEqual(await send("overview"), { ok: true, value: "core" });
  whole.loading = Promise.resolve();
  panel.say({ id: "r", command: "ask" });
  await turn();
  assert.deepEqual(panel.end.posted[1], { id: "r", done: "whole" });
  assert.equal(core.resets, 1);
});

test("names that have grown old are fetched once the chat has settled", async () => {
  const { whole, worker } = await start();
  page(worker, PANEL);
  await turn();
  assert.ok(!whole.heard.includes("begin_chat"));
  await turn(300);
  assert.equal(whole.heard.filter((what) => what === "begin_chat").length, 1);
});
