// Pictures of people: the page asks the worker for them, once each, and shows initials where there is none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { account, ISSUES, ok, overview, play } from "./fixtures.mjs";
import { ask } from "./states.mjs";
import { inBrowser, sent, settled, skip } from "./visit.mjs";

const visit = inBrowser();
const PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
const FACE = "https://secure.gravatar.com/avatar/1";
const GONE = "https://secure.gravatar.com/avatar/2";

/** Five issues of one person, and one of another. */
const cards = /** @type {any} */ ([
  {
    kind: "issues",
    columns: [],
    issues: Array.from({ length: 6 }, (_, at) => ({
      ...ISSUES[0],
      key: `MOB-${at + 1}`,
      assignee: { name: at < 5 ? "Mia Stone" : "Omar Reyes", avatar: at < 5 ? FACE : GONE },
    })),
  },
]);

test("a picture is asked for once, shown where its person is, and nowhere loaded from the web", { skip }, async () => {
  const { page, calls, complaints, close } = await visit("panel", {
    oneShot: {
      overview: ok(overview([account()])),
      picture: { cases: [[{ url: FACE }, ok(PIXEL)]], otherwise: ok(null) },
    },
    streams: { ask: play(cards) },
  });
  /** @type {string[]} */
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await ask(page, "issues");
  await settled(200);
  const rows = await page.$$eval("[data-testid=issue-row] person-avatar", (avatars) =>
    avatars.map((avatar) => avatar.querySelector("img")?.getAttribute("src") ?? avatar.textContent),
  );
  assert.deepEqual(rows, [...Array(5).fill(PIXEL), "OR"]);
  assert.deepEqual(await sent(calls, "picture"), [{ url: FACE }, { url: GONE }]);
  assert.deepEqual(
    requests.filter((url) => url.startsWith("http") && url.includes("gravatar")),
    [],
  );
  assert.deepEqual(complaints, []);
  await close();
});

test("what the worker answers is shown only if it is a picture", { skip }, async () => {
  const { page, close } = await visit("panel", {
    oneShot: { overview: ok(overview([account()])), picture: ok("data:text/html,<script>1</script>") },
    streams: { ask: play(cards) },
  });
  await ask(page, "issues");
  await settled(100);
  assert.equal((await page.$$("person-avatar img")).length, 0);
  await close();
});
