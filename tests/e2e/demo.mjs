/*
 * Shows the extension against the simulated Jira: node e2e/demo.mjs [--fresh] [--tour]
 * With a display a window to play with; with --tour, or without a display, a scripted tour with a transcript and pictures.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT } from "../tools/tree.mjs";
import { Browser, PAGES } from "./lib/browser.mjs";
import { ask, call, consent, fill, overview, submit, testid } from "./lib/person.mjs";
import { CLIENTS, Simulator } from "./lib/simulator.mjs";
import { pause, until } from "./lib/until.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

const PICTURES = join(ROOT, "target", "demo");
const fresh = process.argv.includes("--fresh");
const hasDisplay = process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** A window, signed in to the sample data, until the person closes it. */
async function show() {
  const simulator = await Simulator.start({ lifetime: 900 });
  const browser = await Browser.launch({ headless: false });
  console.log(`A simulated Jira answers at ${simulator.base}; nothing leaves this computer.`);
  if (fresh) {
    console.log(`To connect: Jira Cloud, "own app", and as the simulator's address ${simulator.base};`);
    console.log(`client id ${CLIENTS.cloud.client_id}, client secret ${CLIENTS.cloud.client_secret}.`);
    await until("the options page is open", async () =>
      (await browser.addresses()).some((url) => url.includes(PAGES.options)),
    );
  } else {
    await simulator.settings({ consent: "accept" });
    const options = await signIn(browser, simulator);
    await simulator.settings({ consent: "ask" });
    await browser.page(PAGES.panel);
    await options.bringToFront();
    console.log(
      "Signed in. The popup and the side panel open from the button in the toolbar; the chat is also in a tab.",
    );
  }
  console.log("Close the browser to end the demo.");
  await browser.gone();
  await browser.close().catch(() => {});
  await simulator.stop();
}

/** Connects while the simulator says yes by itself. @param {Browser} browser @param {Simulator} simulator */
async function signIn(browser, simulator) {
  const options = await browser.page(PAGES.options);
  await fill(options, { ...CLIENTS.cloud, simulator: simulator.base });
  await submit(options);
  await options.waitForSelector(testid("connected"), { visible: true });
  return options;
}

/** @param {string} line */
const say = (line) => console.log(`\n${line}`);

/** @param {string} line */
const detail = (line) => console.log(line.replace(/^/gm, "   "));

/**
 * One picture in light and one in dark.
 * @param {Page} page
 * @param {string} name
 * @param {{ width: number, height: number }} size
 */
async function picture(page, name, size) {
  await page.bringToFront();
  await page.setViewport({ ...size, deviceScaleFactor: 1.5 });
  for (const theme of ["light", "dark"]) {
    // Without motion, or the picture shows a colour on its way to another.
    await page.emulateMediaFeatures([
      { name: "prefers-color-scheme", value: theme },
      { name: "prefers-reduced-motion", value: "reduce" },
    ]);
    await pause(350); // colours fade from one theme to the other
    const path = join(PICTURES, `${name}-${theme}.png`);
    await page.screenshot({ path: /** @type {`${string}.png`} */ (path) });
    detail(`picture: ${relative(ROOT, path)}`);
  }
  await page.emulateMediaFeatures([]);
}

const POPUP = { width: 360, height: 480 };
const PANEL = { width: 420, height: 860 };
const OPTIONS = { width: 1120, height: 900 };

/** The first click to the last, without anybody at the keyboard. */
async function tour() {
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES, { recursive: true });
  const simulator = await Simulator.start();
  const browser = await Browser.launch({ viewport: OPTIONS });
  try {
    say("1. First run: the options page, with the address to register.");
    const first = await browser.page(PAGES.options);
    await first.waitForFunction(() => document.body.dataset.state === "ready");
    const redirect = await first.$eval(
      testid("redirect-uri"),
      (input) => /** @type {HTMLInputElement} */ (input).value,
    );
    detail(`register this address with the provider: ${redirect}`);
    await picture(first, "first-run", OPTIONS);
    if (fresh) return;
    await first.close();
    await connectAndConsent(browser, simulator);
    await dashboard(browser, simulator);
    await questions(browser);
    await signOut(browser);
    say(`Done. ${(await simulator.log()).length} requests were answered; nothing left this computer.`);
  } finally {
    await browser.close();
    await simulator.stop();
  }
}

/** @param {Browser} browser @param {Simulator} simulator */
async function connectAndConsent(browser, simulator) {
  say("2. Connect: Jira Cloud with an own app; the worker opens the consent window.");
  const options = await browser.page(PAGES.options);
  await fill(options, { ...CLIENTS.cloud, simulator: simulator.base });
  await submit(options);
  const window = await browser.consentWindow(simulator.base);
  await window.waitForSelector("#login");
  detail(`login page: ${new URL(window.url()).pathname}`);
  await window.click("#login");
  await window.waitForSelector("#accept");
  const asked = await window.$$eval("#scopes li", (items) => items.map((item) => item.textContent?.trim()));
  detail(`asked for: ${asked.join("; ")}`);
  await picture(window, "consent", { width: 600, height: 760 });
  await consent(browser, simulator.base);
  await options.waitForSelector(testid("connected"), { visible: true });
  await picture(options, "options", OPTIONS);
  await options.close();
}

/** @param {Browser} browser @param {Simulator} simulator */
async function dashboard(browser, simulator) {
  say("3. The popup: who, where, how long still.");
  const popup = await browser.page(PAGES.popup);
  await popup.waitForSelector(testid("account-card"), { visible: true });
  await popup.setViewport(POPUP);
  detail(await popup.$eval(testid("account-card"), (card) => /** @type {HTMLElement} */ (card).innerText));
  await picture(popup, "popup", POPUP);
  await popup.close();

  say("4. From now on tokens live 12 seconds. Every page is closed and the worker stopped: the alarm renews them.");
  await simulator.settings({ access_token_lifetime: 12 });
  const page = await browser.page(PAGES.popup);
  await call(page, "refresh", { account: (await overview(page)).accounts[0]?.id ?? "" });
  await page.close();
  const before = (await simulator.refreshes()).length;
  await browser.killWorker();
  await until("the alarm has renewed the token", async () => (await simulator.refreshes()).length > before, 30_000);
  const again = await browser.page(PAGES.popup);
  const [account] = (await overview(again)).accounts;
  detail(
    `renewed at ${new Date(account?.last_refresh_at ?? 0).toISOString()}, good until ${new Date(account?.expires_at ?? 0).toISOString()}`,
  );
  await again.close();
  await simulator.settings({ access_token_lifetime: 3600 });
}

/** @param {Browser} browser */
async function questions(browser) {
  say("5. The side panel: three questions.");
  const panel = await browser.page(PAGES.panel);
  await panel.setViewport(PANEL);
  const first = await asked(panel, "my open issues");
  await picture(panel, "panel-mine", PANEL);
  const key = first.keys[0] ?? "";
  await asked(panel, `bugs in ${key.replace(/-\d+$/, "")}`);
  await picture(panel, "panel-bugs", PANEL);
  await asked(panel, `show ${key}`);
  await picture(panel, "panel-issue", PANEL);
  await panel.close();
}

/** @param {Page} panel @param {string} question */
async function asked(panel, question) {
  const answer = await ask(panel, question);
  detail(`\n> ${question}`);
  if (answer.jql) detail(`JQL: ${answer.jql}`);
  if (answer.keys.length > 0)
    detail(`${answer.keys.length} shown: ${answer.keys.slice(0, 8).join(", ")}${answer.more ? ", and more" : ""}`);
  else detail(answer.text.split("\n").slice(0, 8).join("\n"));
  return answer;
}

/** @param {Browser} browser */
async function signOut(browser) {
  say("6. Sign out: the server is asked to revoke the token, and everything about the account is forgotten.");
  const popup = await browser.page(PAGES.popup);
  for (const step of ["sign-out", "sign-out-confirm"]) {
    const button = await popup.waitForSelector(testid(step), { visible: true });
    await button?.evaluate((element) => /** @type {HTMLElement} */ (element).click());
  }
  const notice = await popup.waitForSelector(testid("signed-out"), { visible: true });
  detail((await notice?.evaluate((element) => /** @type {HTMLElement} */ (element).innerText)) ?? "");
  await picture(popup, "popup-signed-out", POPUP);
}

if (hasDisplay && !process.argv.includes("--tour")) await show();
else await tour();
