// Streams over a port that dies: nothing lost, nothing twice, nothing going on for nobody.

import assert from "node:assert/strict";
import { test } from "node:test";
import { BackendError } from "../../www/lib/backend-error.js";
import { Streams } from "../../www/lib/streams.js";

const gone = () => new BackendError({ code: "internal", message: "gone", action: { kind: "none" } });
const turn = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

/** Ports in the order they were opened; each remembers what was posted, and can speak and die. */
function worker() {
  const ports = [];
  const connect = () => {
    const heard = [];
    const ended = [];
    const port = { posted: [], dead: false, postMessage: (message) => { if (port.dead) throw new Error("disconnected port"); port.posted.push(message); }, disconnect() {},
      onMessage: { addListener: (f) => heard.push(f) }, onDisconnect: { addListener: (f) => ended.push(f) },
      say: (message) => heard.forEach((f) => f(message)), die: () => { port.dead = true; ended.forEach((f) => f()); } };
    ports.push(port);
    return port;
  };
  return { ports, connect };
}

function start(command = "ask", signal = undefined) {
  const { ports, connect } = worker();
  const streams = new Streams(connect, gone);
  const items = [];
  const progress = [];
  const result = streams.run(command, { account: "a", text: "t" }, { onItem: (item) => items.push(item), onProgress: (step) => progress.push(step), signal });
  result.catch(() => {});
  return { ports, streams, items, progress, result, id: ports[0].posted[0].id };
}

test("a stream delivers its items in order and resolves with its end", async () => {
  const { ports: [port], items, progress, result, id } = start();
  assert.deepEqual(port.posted, [{ id, command: "ask", args: { account: "a", text: "t" } }]);
  port.say({ id, seq: 1, item: "x" });
  port.say({ id, progress: { step: "consent" } });
  port.say({ id, seq: 2, item: "y" });
  port.say({ id, done: { more: null } });
  assert.deepEqual(await result, { more: null });
  assert.deepEqual([items, progress], [["x", "y"], [{ step: "consent" }]]);
});

test("an item that comes twice is shown once", () => {
  const { ports: [port], items, id } = start();
  for (const seq of [1, 2, 2, 1, 3]) port.say({ id, seq, item: seq });
  assert.deepEqual(items, [1, 2, 3]);
});

test("after the worker's death the stream resumes behind the last item seen", async () => {
  const { ports, items, result, id } = start();
  ports[0].say({ id, seq: 1, item: "x" });
  ports[0].say({ id, seq: 2, item: "y" });
  ports[0].die();
  await turn();
  assert.deepEqual(ports[1].posted, [{ id, resume: 2 }]);
  ports[1].say({ id, seq: 2, item: "y" });
  ports[1].say({ id, seq: 3, item: "z" });
  ports[1].say({ id, done: { more: "m" } });
  assert.deepEqual([await result, items], [{ more: "m" }, ["x", "y", "z"]]);
});

test("what an old port still says is not heard", async () => {
  const { ports, items, id } = start();
  ports[0].die();
  await turn();
  ports[0].say({ id, seq: 1, item: "ghost" });
  assert.deepEqual(items, []);
});

test("every unfinished stream resumes, finished ones do not", async () => {
  const { ports, streams, id } = start();
  streams.run("more", { account: "a", more: "m" }).catch(() => {});
  const [, second] = ports[0].posted;
  ports[0].say({ id, done: { more: null } });
  ports[0].die();
  await turn();
  assert.deepEqual(ports[1].posted, [{ id: second.id, resume: 0 }]);
});

test("cancelling tells the worker and ends the stream at once", async () => {
  const stop = new AbortController();
  const { ports: [port], items, result, id } = start("ask", stop.signal);
  stop.abort();
  await assert.rejects(result, { name: "AbortError" });
  assert.deepEqual(port.posted.at(-1), { id, cancel: true });
  port.say({ id, seq: 1, item: "late" });
  port.say({ id, done: null });
  assert.deepEqual(items, []);
});

test("a stream cancelled while there is no port is cancelled on the next one", async () => {
  const stop = new AbortController();
  const { ports, id } = start("connect", stop.signal);
  ports[0].die();
  stop.abort();
  await turn();
  assert.deepEqual(ports[1].posted, [{ id, cancel: true }]);
});

test("a signal that was aborted before sends nothing", async () => {
  const { ports, connect } = worker();
  await assert.rejects(new Streams(connect, gone).run("ask", { account: "a", text: "t" }, { signal: AbortSignal.abort() }), { name: "AbortError" });
  assert.equal(ports.length, 0);
});

test("an error carries its code, sentence and action", async () => {
  const { ports: [port], result, id } = start();
  port.say({ id, error: { code: "offline", message: "No connection.", action: { kind: "retry", at: null } } });
  await assert.rejects(result, (error) => error instanceof BackendError && error.code === "offline" && error.action.kind === "retry");
});

const interrupted = { code: "interrupted", message: "Ask anew.", action: { kind: "none" } };

test("an ask the dead worker never took up is asked anew, once", async () => {
  const { ports, result, id } = start();
  ports[0].die();
  await turn();
  ports[1].say({ id, error: interrupted });
  const again = ports[1].posted.at(-1);
  assert.equal(again.command, "ask");
  assert.notEqual(again.id, id);
  ports[1].say({ id: again.id, error: interrupted });
  await assert.rejects(result, { code: "interrupted" });
  assert.equal(ports[1].posted.length, 2);
});

test("a connect is never started twice by itself, nor an ask that has begun to answer", async () => {
  const connect = start("connect");
  connect.ports[0].say({ id: connect.id, error: interrupted });
  await assert.rejects(connect.result, { code: "interrupted" });
  const ask = start();
  ask.ports[0].say({ id: ask.id, seq: 1, item: "x" });
  ask.ports[0].say({ id: ask.id, error: interrupted });
  await assert.rejects(ask.result, { code: "interrupted" });
});

test("a worker that cannot start ends every stream with an error instead of an endless loop", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let opened = 0;
  const streams = new Streams(() => { opened += 1; throw new Error("no worker"); }, gone);
  const result = streams.run("ask", { account: "a", text: "t" });
  t.mock.timers.tick(60_000);
  for (let i = 0; i < 20; i += 1) t.mock.timers.tick(10_000);
  await assert.rejects(result, { code: "internal" });
  assert.ok(opened <= 6, String(opened));
});

test("events reach every listener until its signal aborts", () => {
  const { ports, connect } = worker();
  const streams = new Streams(connect, gone);
  const end = new AbortController();
  const heard = [];
  streams.subscribe((event) => heard.push(event.kind), { signal: end.signal, eager: false });
  ports[0].say({ event: { kind: "overview" } });
  end.abort();
  ports[0].say({ event: { kind: "overview" } });
  assert.deepEqual(heard, ["overview"]);
});

test("an eager listener brings an idle port back, another waits until the page is used", async () => {
  for (const eager of [true, false]) {
    const { ports, connect } = worker();
    const streams = new Streams(connect, gone);
    streams.subscribe(() => {}, { signal: new AbortController().signal, eager });
    ports[0].die();
    await turn();
    assert.equal(ports.length, eager ? 2 : 1);
    streams.wake();
    assert.equal(ports.length, 2);
  }
});
