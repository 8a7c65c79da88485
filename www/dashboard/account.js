/** The chosen account: who, where and how healthy, how long its token still holds, and what can be done. */

import { busy } from "../elements/busy-button.js";
import { connectionSteps } from "../elements/connection-steps.js";
import "../elements/health-lozenge.js";
import { toast } from "../elements/toast-region.js";
import { actions, byId, everySecond, listen, onSubmit, setText } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, errorView, message, stream } from "../lib/extension.js";
import { showSite } from "./site.js";
import * as times from "./times.js";

/** @import {HealthLozenge} from "../elements/health-lozenge.js" */
/** @import {PersonAvatar} from "../elements/person-avatar.js" */
/** @import {AccountView, ErrorView, SignedOut} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */

/** What is being done, which is also its button's id. @typedef {"refresh" | "test" | "sign-in" | "sign-out-yes" | "site" | "rename"} Task */
/** What stands open below the buttons, and which of them opens it. */
const OPENED = { "rename-form": "rename", "new-token": "sign-in", "sign-out-ask": "sign-out", "test-result": "test" };
/** What a button says at rest, and while it works. @type {Record<string, [MessageKey, MessageKey]>} */
const LABELS = {
  refresh: ["refresh_now", "refreshing_now"],
  test: ["test_connection", "testing_now"],
  "sign-in": ["sign_in_again", "signing_in"],
  "sign-out-yes": ["sign_out", "sign_out"],
};
/** @typedef {keyof typeof OPENED} Form */
const field = (/** @type {string} */ id) => byId(id, HTMLInputElement);

/** @type {AccountView | null} */
let shown = null;
/** What is being done to which account: another one may be chosen meanwhile. @type {Set<string>} */
const working = new Set();
/** As it stands there. @param {Task | string} task @param {AccountView} account */
const doing = (task, { id }) => `${task} ${id}`;
/** @type {ErrorView | null} */
let failure = null;
/** Tells what was done here. @type {(account: AccountView) => void} */
let told;
/** Tells that the account is signed out. @type {(name: string, result: SignedOut) => void} */
let leave;

/**
 * @param {{ changed: (account: AccountView) => void, left: (name: string, result: SignedOut) => void, chat: (id: string) => void }} options
 *   `changed`: by what was done here; `left`: it is signed out; `chat` is called inside the click.
 */
export function begin({ changed, left, chat }) {
  told = changed;
  leave = left;
  actions(byId("card"), {
    refresh: () => void perform("refresh", refresh),
    test: () => void perform("test", testConnection),
    "sign-in": () => void signIn(),
    "sign-out": () => openForm("sign-out-ask"),
    "sign-out-yes": () => void perform("sign-out-yes", signOut),
    rename: () => openForm("rename-form"),
    close: () => openForm(null),
    chat: () => shown && chat(shown.id),
  });
  onSubmit(byId("rename-form"), () => rename());
  onSubmit(byId("new-token"), () => giveToken());
  const dismiss = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || !opened()) return;
    event.preventDefault(); // or the popup closes
    openForm(null);
  };
  listen(byId("card"), { keydown: dismiss });
  listen(byId("sites"), { change: () => chooseSite(byId("sites", HTMLSelectElement).value) });
  everySecond(() => shown && times.show(shown));
}

/** @param {AccountView} account */
export function show(account) {
  const other = shown?.id !== account.id;
  if (other || shown?.health !== account.health) failure = null; // what it spoke of is over
  shown = account;
  if (other) openForm(null, false);
  render();
}

/**
 * Signs in again; the consent window is the worker's, so closing this page loses nothing.
 * @param {{ token?: string, expires_on?: string }} [byHand] For an account with a token made by hand.
 */
export async function signIn(byHand = {}) {
  await perform("sign-in", async ({ id }) => {
    const fresh = await stream("reconnect", { account: id, ...byHand });
    if (opened() === "new-token") openForm(null);
    told(fresh);
    toast(message("signed_in_again", fresh.name));
  });
  const action = failure?.action;
  if (action?.kind === "fix_settings" && action.field === "token") openForm("new-token");
}

/** Asks for a token that can be used, as a program would: for an account whose token ended while nobody looked. */
export function wake() {
  return perform("refresh", async ({ id }) => void (await call("get_token", { account: id, force_refresh: false })));
}

function giveToken() {
  void signIn({ token: field("token-new").value.trim(), expires_on: field("token-end").value });
}

function rename() {
  const wanted = field("label").value.trim();
  void perform("rename", async ({ id, name }) => {
    // both are set together, and a page that only renames does not know the other
    const { threshold_minutes } = await call("account_details", { account: id });
    const label = wanted === "" || wanted === name ? null : wanted;
    told(await call("set_account", { account: id, label, threshold_minutes }));
    openForm(null);
  });
}

/**
 * Does something to the shown account, whatever else is being done to it: no click is lost, and the same is not done twice at a time.
 * @param {Task} task
 * @param {(account: AccountView) => Promise<void>} work
 */
async function perform(task, work) {
  const account = shown;
  if (!account) return;
  const key = doing(task, account);
  if (working.has(key)) return;
  working.add(key);
  failure = null;
  render();
  try {
    await work(account);
  } catch (error) {
    if (shown?.id === account.id) failure = errorView(error);
  } finally {
    working.delete(key);
    render();
  }
}

/** @param {AccountView} of */
async function refresh({ id }) {
  const account = await call("refresh", { account: id });
  told(account);
  if (!account.problem) toast(message("refreshed"));
}

/** @param {AccountView} of */
async function testConnection({ id }) {
  if (shown?.id === id) openForm(null, false);
  const result = await call("test_connection", { account: id });
  if (shown?.id !== id) return;
  const remedies = { retry: () => byId("test").click(), signIn: () => void signIn() };
  connectionSteps(byId("test-steps"), result, remedies);
  openForm("test-result", false);
}

/** @param {string} site */
function chooseSite(site) {
  void perform("site", async ({ id }) => told(await call("choose_site", { account: id, site })));
}

/** @param {AccountView} of */
async function signOut({ id, name }) {
  const result = await call("sign_out", { account: id });
  if (shown?.id === id) openForm(null, false);
  leave(name, result);
}

function opened() {
  return /** @type {Form[]} */ (Object.keys(OPENED)).find((id) => !byId(id).hidden);
}

/** Opens one of the forms, or closes the one that is open. @param {Form | null} form @param {boolean} [focus] */
function openForm(form, focus = true) {
  const before = opened();
  for (const id of Object.keys(OPENED)) byId(id).hidden = id !== form;
  byId("account-buttons").hidden = form === "sign-out-ask";
  if (form === "rename-form" && shown) {
    field("label").value = shown.label ?? shown.name;
    setText(byId("label-hint"), message("account_label_hint", shown.name));
  }
  for (const id of ["token-new", "token-end"]) field(id).value = "";
  const target = form ? byId(form).querySelector("input, button") : before && byId(OPENED[before]);
  if (!focus || !(target instanceof HTMLElement)) return;
  target.focus();
  if (target instanceof HTMLInputElement) target.select();
}

function render() {
  const account = shown;
  if (!account) return;
  const on = (/** @type {string} */ task) => working.has(doing(task, account));
  const health = on("refresh") ? "refreshing" : account.health;
  const { name, label, email } = account;
  Object.assign(byId("card").dataset, { account: account.id, health, busy: on("refresh") });
  /** @type {HealthLozenge} */ (byId("health")).show(health);
  /** @type {PersonAvatar} */ (byId("avatar")).show(name, account.avatar);
  setText(byId("account-name"), label ?? name);
  setText(byId("account-email"), [label && label !== name ? name : null, email].filter(Boolean).join(" · "));
  setText(byId("meaning-short"), message(`health_${health}_meaning`));
  byId("meaning-short").hidden = (failure ?? account.problem) !== null && account.expires_at !== null;
  showSite(account);
  renderButtons(account, on);
  renderProblem(account);
  times.show(account);
}

/** @param {AccountView} account @param {(task: string) => boolean} on */
function renderButtons({ health, can_refresh, can_chat, problem }, on) {
  const ended = ["reauth_required", "signed_out"].includes(health);
  const locked = health === "locked";
  const needsPerson = ended || (!can_refresh && ["expired", "expiring"].includes(health));
  const offered = [problem, failure].some((error) => error?.action.kind === "sign_in");
  const hidden = {
    "sign-in": !needsPerson || (offered && !ended),
    chat: ended || locked || !can_chat,
    refresh: ended || locked || !can_refresh,
    test: ended || locked,
    "sign-out": health === "signed_out",
    rename: locked,
  };
  for (const [id, gone] of Object.entries(hidden)) byId(id).hidden = gone;
  byId("chat").classList.toggle("primary", hidden["sign-in"]);
  for (const [id, [rest, working]] of Object.entries(LABELS)) {
    busy(byId(id), on(id));
    setText(byId(id).lastElementChild ?? byId(id), message(on(id) ? working : rest));
  }
}

/** @param {AccountView} account */
function renderProblem(account) {
  const error = failure ?? account.problem;
  const shown =
    error?.action.kind === "sign_in" && !byId("sign-in").hidden
      ? { ...error, action: { kind: /** @type {const} */ ("none") } }
      : error;
  placeError(byId("problem"), shown, {
    retry: () => void perform("refresh", refresh),
    signIn: () => void signIn(),
    fixSettings: opened() === "new-token" ? () => openForm("new-token") : undefined,
  });
}
