/* What a person does with the extension, step by step, through its pages. */
import { randomUUID } from "node:crypto";
import { PAGES } from "./browser.mjs";
import { until } from "./until.mjs";

/** @typedef {import("puppeteer-core").Page} Page */
/** @typedef {import("./browser.mjs").Browser} Browser */
/** @typedef {import("../../../www/lib/contract.d.ts").Commands} Commands */
/** @typedef {import("../../../www/lib/contract.d.ts").Overview} Overview */

/** @param {string} name */
export const testid = (name) => `[data-testid="${name}"]`;

/**
 * Sends one command as a page does, without a page's help, and answers the whole envelope.
 * @param {Page} page one of ours
 * @param {string} command
 * @param {object} [args]
 * @returns {Promise<{ ok: true, value: any } | { ok: false, error: import("../../../www/lib/contract.d.ts").ErrorView }>}
 */
export function send(page, command, args = {}) {
  return page.evaluate((message) => chrome.runtime.sendMessage(message), { command, args });
}

/**
 * @template {keyof Commands} C
 * @param {Page} page
 * @param {C} command
 * @param {Commands[C]["args"]} args
 * @returns {Promise<Commands[C]["value"]>}
 */
export async function call(page, command, args) {
  const answer = await send(page, command, args);
  if (!answer.ok) throw new Error(`${command}: ${answer.error.code}: ${answer.error.message}`);
  return answer.value;
}

/**
 * Sends one command over a connection of its own, and waits for its end.
 * @param {Page} page one of ours
 * @param {keyof import("../../../www/lib/contract.d.ts").Streams} command
 * @param {object} args
 * @returns {Promise<{ items: any[], done?: any, error?: import("../../../www/lib/contract.d.ts").ErrorView }>}
 */
export function stream(page, command, args) {
  return page.evaluate(
    (message) =>
      new Promise((resolve) => {
        const port = chrome.runtime.connect({ name: "page" });
        const items = /** @type {any[]} */ ([]);
        port.onMessage.addListener((/** @type {any} */ answer) => {
          if (answer.id !== message.id) return;
          if ("item" in answer) items.push(answer.item);
          if (!("done" in answer) && !("error" in answer)) return;
          port.disconnect();
          resolve({ items, ...("done" in answer ? { done: answer.done } : { error: answer.error }) });
        });
        port.postMessage(message);
      }),
    { id: randomUUID(), command, args },
  );
}

/** @param {Page} page @returns {Promise<Overview>} */
export const overview = (page) => call(page, "overview", { all: true });

/**
 * Fills the connect form in the order given: what is chosen first decides what can be filled in later.
 * @param {Page} options the options page
 * @param {Record<string, string>} fields
 */
export async function fill(options, fields) {
  // The choices of how to connect are made by the page's script: before it runs, nobody listens to a click.
  await options.waitForSelector("#connect-form [name=client]");
  for (const [name, value] of Object.entries(fields)) {
    const choice = await options.$(`input[type=radio][name="${name}"][value="${value}"]`);
    if (choice) {
      await choice.evaluate((input) => /** @type {HTMLInputElement} */ (input).click());
      continue;
    }
    const field = await options.waitForSelector(`#connect-form [name="${name}"]`, { visible: true, timeout: 5_000 });
    await field?.evaluate((input, text) => {
      const element = /** @type {HTMLInputElement} */ (input);
      element.value = text;
      element.dispatchEvent(new Event("input", { bubbles: true }));
    }, value);
  }
}

/**
 * What the person does in the sign-in window.
 * @typedef {"accept" | "deny" | "close"} Decision
 */

/**
 * @param {Browser} browser
 * @param {string} base where the provider is
 * @param {Decision} [decision]
 */
export async function consent(browser, base, decision = "accept") {
  const window = await browser.consentWindow(base);
  if (decision === "close") {
    await window.waitForSelector("#login");
    await window.close();
    return;
  }
  await window.waitForSelector("#login, #accept");
  if (await window.$("#login")) {
    await window.click("#login");
    await window.waitForSelector("#accept");
  }
  // The window goes away under this click: what it answers then does not matter.
  await window.click(`#${decision}`).catch(() => {});
  await until("the sign-in window is closed", () => !browser.hasWindow(base));
}

/**
 * Presses Connect on the options page.
 * @param {Page} options
 */
export async function submit(options) {
  await options.waitForSelector(testid("connect-submit"), { visible: true });
  await options.$eval(testid("connect-submit"), (button) => /** @type {HTMLElement} */ (button).click());
}

/**
 * The whole first sign-in, from the options page to the account.
 * @param {Browser} browser
 * @param {{ base: string }} server where the sign-in window will be
 * @param {Record<string, string>} fields of the connect form
 * @returns {Promise<Page>} the options page
 */
export async function connect(browser, server, fields) {
  const options = await browser.page(PAGES.options);
  await fill(options, fields);
  await submit(options);
  await consent(browser, server.base);
  await options.waitForSelector(testid("connected"), { visible: true, timeout: 15_000 });
  return options;
}

/** The connect form as it stands when nothing is filled in. @type {import("../../../www/lib/contract.d.ts").ConnectForm} */
export const EMPTY_FORM = {
  provider: "other",
  client: "public",
  broker_url: "",
  client_id: "",
  client_secret: "",
  base_url: "",
  tenant: "",
  issuer: "",
  authorization_endpoint: "",
  token_endpoint: "",
  scopes: "",
  authorize_parameters: "",
  token_parameters: "",
  site: "",
  email: "",
  token: "",
  expires_on: "",
  simulator: "",
};

/**
 * Connects over a connection of its own, without the page's form.
 * @param {Page} page the options page
 * @param {Record<string, string>} fields
 * @returns {Promise<import("../../../www/lib/contract.d.ts").AccountView>}
 */
export async function connectWith(page, fields) {
  const { done, error } = await stream(page, "connect", { form: { ...EMPTY_FORM, ...fields } });
  if (error) throw new Error(`connect: ${error.code}: ${error.message}`);
  return done;
}

/**
 * What the page says went wrong.
 * @param {Page} page
 * @param {string} [within]
 */
export async function complaint(page, within = "") {
  const bar = await page.waitForSelector(`${within} ${testid("error")}`, { visible: true, timeout: 15_000 });
  return /** @type {{ code: string, text: string }} */ (
    await bar?.evaluate((element) => ({
      code: /** @type {HTMLElement} */ (element).dataset.code,
      text: (element.querySelector("p") ?? element).textContent?.trim(),
    }))
  );
}

/**
 * Asks in the side panel and waits for the whole answer.
 * @param {Page} panel
 * @param {string} question
 * @returns {Promise<Answer>}
 */
export async function ask(panel, question) {
  await type(panel, question);
  return answer(panel);
}

/** @param {Page} panel @param {string} question */
export async function type(panel, question) {
  const composer = await panel.waitForSelector(testid("composer"), { visible: true });
  await composer?.type(question);
  await composer?.press("Enter");
}

/** @typedef {{ jql: string | null, keys: string[], count: number | null, cards: string[], text: string, more: boolean }} Answer */

/**
 * The newest answer, once it is whole.
 * @param {Page} panel
 * @returns {Promise<Answer>}
 */
export async function answer(panel) {
  await panel.waitForFunction(
    () => {
      const turn = document.querySelector("#conversation > :last-child");
      const lists = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".turn:last-child .issues"));
      // a few rows come with each picture; of a very long list some never do
      const full = [...lists].every(
        (list) => list.querySelectorAll("issue-row").length >= Math.min(Number(list.dataset.count), 500),
      );
      return turn && full && !document.querySelector("[data-testid=working]");
    },
    { timeout: 20_000, polling: 20 },
  );
  return panel.evaluate(() => {
    const turn = /** @type {HTMLElement} */ (
      document.querySelector("#conversation > :last-child [data-testid=answer]")
    );
    const all = (/** @type {string} */ selector) => /** @type {HTMLElement[]} */ ([...turn.querySelectorAll(selector)]);
    return {
      jql: all("[data-testid=jql]").at(-1)?.textContent ?? null,
      keys: all("[data-testid=issue-row]").map((row) => row.dataset.key ?? ""),
      count: Number(all("[data-testid=card-count]").at(-1)?.dataset.count ?? Number.NaN),
      cards: all("[data-testid^=card-]").map((card) => card.dataset.testid ?? ""),
      text: turn.innerText,
      more: document.querySelector("[data-testid=show-more]") !== null,
    };
  });
}
