/** The connect form: what the backend says belongs to a choice, and what it says of it while it is filled in. */

import { byId, listen } from "../lib/dom.js";
import { fieldProblem } from "../lib/error-view.js";
import { call } from "../lib/extension.js";
import { NAMES } from "./connect-fields.js";

/** @import {ClientChoice, ConnectForm as Form, FormCheck, FormProblem} from "../lib/contract.d.ts" */

/** A pause in typing this long starts a check. */
const PAUSE = 250;

const inputs = byId("connect-form", HTMLFormElement);
let simulated = false;
/** Fields the person has been at; only these complain while typing. @type {Set<string>} */
const touched = new Set();
/** Whether the person has chosen a client, and not only been given the usual one. */
let picked = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** Tells what is filled in. @type {(form: Form) => void} */
let told;
/** The newest check and the form it is about. @type {{ about: string, check: FormCheck } | null} */
let checked = null;
/** Which fields go with a choice, as far as the backend was asked. @type {Map<string, FormCheck["fields"]>} */
const layouts = new Map();

/** @param {(form: Form) => void} changed */
export function begin(changed) {
  told = changed;
  listen(inputs, { input: ({ target }) => edited(target), focusout: ({ target }) => left(target) });
}

/** Shows the fields. Call it once the form is to be seen. @param {boolean} loopback Whether this build may use a simulator. */
export function start(loopback) {
  if (layouts.size > 0 && simulated === loopback) return;
  simulated = loopback;
  void checkNow();
}

/** What is filled in; what does not belong to the choice is left empty. @returns {Form} */
export function filled() {
  const data = new FormData(inputs);
  const text = (/** @type {string} */ name) => String(data.get(name) ?? "").trim();
  const form = /** @type {Form} */ ({ provider: text("provider"), client: text("client") });
  const layout = layouts.get(choice(form));
  for (const name of NAMES) form[name] = !layout || layout.includes(name) ? text(name) : "";
  return form;
}

/**
 * The check of what is filled in now. Answered at once (and so still inside the click) when it is already known.
 * @returns {FormCheck | Promise<FormCheck>}
 */
export function checkForm() {
  const form = filled();
  const about = JSON.stringify(form);
  if (checked?.about === about) return checked.check;
  return call("check_form", { form }).then((check) => {
    layouts.set(choice(form), check.fields);
    // what was typed for another choice is left out from here on, so the same form may read differently now
    if (choice(filled()) === choice(form)) checked = { about: JSON.stringify(filled()), check };
    return check;
  });
}

/** Shows every problem, also of fields not yet visited, and goes to the first. @param {FormProblem[]} problems */
export function complain(problems) {
  for (const { field } of problems) touched.add(field);
  showProblems(problems);
  const first = [...inputs.elements].find((element) => element.getAttribute("aria-invalid") === "true");
  if (first instanceof HTMLElement) first.focus();
}

/** What the browser has granted meanwhile is no longer to be asked for. */
export function forget() {
  checked = null;
  later();
}

/** Empties the form: the secret in it has done its work. */
export function reset() {
  inputs.reset();
  picked = false;
  touched.clear();
  showProblems([]);
  checked = null;
  void checkNow();
}

/** @param {string | null} field */
export function focus(field) {
  const element = inputs.elements.namedItem(field ?? "provider");
  const target = element instanceof RadioNodeList ? inputs.querySelector(":checked") : element;
  if (target instanceof HTMLElement) target.focus();
}

/** @param {EventTarget | null} target */
function edited(target) {
  const radio = target instanceof HTMLInputElement && target.type === "radio";
  if (radio && target.name === "client") picked = true;
  if (radio) void checkNow();
  else later();
}

/** @param {EventTarget | null} target */
function left(target) {
  const typed = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  if (!typed || target.type === "radio" || target.value === "") return;
  touched.add(target.name);
  later();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(() => void checkNow(), PAUSE);
}

/** @returns {Promise<void>} */
async function checkNow() {
  clearTimeout(timer);
  const asked = choice(filled());
  try {
    const check = await checkForm();
    if (choice(filled()) !== asked) return; // the answer to the newer choice is on its way
    arrange(check);
    if (choice(filled()) !== asked) return await checkNow(); // that client is not for this server
    showProblems(check.problems);
  } catch {
    // The worker did not answer; Connect will say so where it matters.
  }
}

/** Shows the clients and fields that go with what is chosen, in the backend's order. @param {FormCheck} check */
function arrange({ clients, fields }) {
  if (offer(clients)) return; // another client is chosen now, which has fields of its own
  const shown = fields.filter((name) => name !== "simulator" || simulated);
  for (const name of NAMES) byId(`field-${name}`).hidden = !shown.includes(name);
  const wanted = shown.map((name) => byId(`field-${name}`));
  const standing = [...byId("fields").children].filter((element) => wanted.includes(/** @type {any} */ (element)));
  // moving an element drops its focus, so nothing is moved without need
  if (wanted.some((element, at) => standing[at] !== element)) byId("fields").append(...wanted);
  told(filled());
}

/**
 * Shows the clients there are for the server. One that the person chose stays chosen if it is among them; else the usual one is.
 * @param {ClientChoice[]} clients
 * @returns {boolean} whether the choice has changed
 */
function offer(clients) {
  const { provider, client } = filled();
  const place = byId("client-choices");
  const state = `${provider} ${clients}`;
  if (place.dataset.state === state) return false;
  place.dataset.state = state;
  const radios = /** @type {NodeListOf<HTMLInputElement>} */ (place.querySelectorAll("[name=client]"));
  const known = new Map([...radios].map((input) => [input.value, input]));
  for (const [value, input] of known) labelOf(input).hidden = !clients.some((each) => each === value);
  for (const hint of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-cloud]")))
    hint.hidden = hint.dataset.cloud !== String(provider === "jira_cloud");
  const offered = clients.map((each) => known.get(each)).filter((input) => input !== undefined);
  for (const input of offered) if (document.activeElement !== input) place.append(labelOf(input));
  const chosen = picked && clients.includes(client) ? client : clients[0];
  const input = known.get(chosen);
  if (input) input.checked = true;
  return chosen !== client;
}

/** @param {FormProblem[]} problems */
function showProblems(problems) {
  for (const name of NAMES) {
    const problem = touched.has(name) ? problems.find((each) => each.field === name) : undefined;
    const input = /** @type {HTMLInputElement} */ (inputs.elements.namedItem(name));
    const [place, text] = [byId(`problem-${name}`), problem?.message ?? ""];
    if (place.textContent !== text) fieldProblem(place, text, input);
  }
}

/** @param {HTMLElement} input */
function labelOf(input) {
  return /** @type {HTMLElement} */ (input.closest("label"));
}

/** @param {{ provider: string, client: ClientChoice }} form */
function choice({ provider, client }) {
  return `${provider} ${client}`;
}
