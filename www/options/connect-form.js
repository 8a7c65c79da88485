/** The connect form: what the backend says belongs to a choice, and what it says of it while it is filled in. */

import { byId, h } from "../lib/dom.js";
import { call } from "../lib/extension.js";
import { icon } from "../lib/icons.js";
import { CLIENTS, clientElement, FIELDS, fieldElement } from "./connect-fields.js";

/** @import {ClientChoice, ConnectForm as Form, FormCheck, FormProblem} from "../lib/contract.d.ts" */
/** @import {FieldName} from "./connect-fields.js" */

/** A pause in typing this long starts a check. */
const PAUSE = 250;
const CHOICES = /** @type {ClientChoice[]} */ (Object.keys(CLIENTS));
const NAMES = /** @type {FieldName[]} */ (Object.keys(FIELDS));

export class ConnectForm {
  #form = byId("connect-form", HTMLFormElement);
  #loopback = false;
  /** Fields the person has been at; only these complain while typing. @type {Set<string>} */
  #touched = new Set();
  /** Whether the person has chosen a client, and not only been given the usual one. */
  #chosen = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #changed;
  /** The newest check and the form it is about. @type {{ about: string, check: FormCheck } | null} */
  #checked = null;
  /** Which fields go with a choice, as far as the backend was asked. @type {Map<string, FormCheck["fields"]>} */
  #layouts = new Map();

  /** @param {{ changed: (form: Form) => void, signal: AbortSignal }} options */
  constructor({ changed, signal }) {
    this.#changed = changed;
    byId("client-choices").append(...CHOICES.map((client) => clientElement(client)));
    byId("fields").append(...NAMES.map((name) => fieldElement(name)));
    for (const name of NAMES) byId(`field-${name}`).hidden = true;
    this.#form.addEventListener("input", (event) => this.#edited(event.target), { signal });
    this.#form.addEventListener("focusout", (event) => this.#left(event.target), { signal });
  }

  /** Shows the fields. Call it once the form is to be seen. @param {boolean} loopback Whether this build may use a simulator. */
  start(loopback) {
    if (this.#layouts.size > 0 && this.#loopback === loopback) return;
    this.#loopback = loopback;
    void this.#checkNow();
  }

  /** What is filled in; what does not belong to the choice is left empty. @returns {Form} */
  value() {
    const data = new FormData(this.#form);
    const text = (/** @type {string} */ name) => String(data.get(name) ?? "").trim();
    const form = /** @type {Form} */ ({ provider: text("provider"), client: text("client") });
    const layout = this.#layouts.get(choice(form));
    for (const name of NAMES) form[name] = !layout || layout.includes(name) ? text(name) : "";
    return form;
  }

  /**
   * The check of what is filled in now. Answered at once (and so still inside the click) when it is already known.
   * @returns {FormCheck | Promise<FormCheck>}
   */
  check() {
    const form = this.value();
    const about = JSON.stringify(form);
    if (this.#checked?.about === about) return this.#checked.check;
    return call("check_form", { form }).then((check) => {
      this.#layouts.set(choice(form), check.fields);
      // what was typed for another choice is left out from here on, so the same form may read differently now
      if (choice(this.value()) === choice(form)) this.#checked = { about: JSON.stringify(this.value()), check };
      return check;
    });
  }

  /** Shows every problem, also of fields not yet visited, and goes to the first. @param {FormProblem[]} problems */
  complain(problems) {
    for (const { field } of problems) this.#touched.add(field);
    this.#showProblems(problems);
    const first = [...this.#form.elements].find((element) => element.getAttribute("aria-invalid") === "true");
    if (first instanceof HTMLElement) first.focus();
  }

  /** What the browser has granted meanwhile is no longer to be asked for. */
  forget() {
    this.#checked = null;
    this.#later();
  }

  /** Empties the form: the secret in it has done its work. */
  reset() {
    this.#form.reset();
    this.#chosen = false;
    this.#touched.clear();
    this.#showProblems([]);
    this.#checked = null;
    void this.#checkNow();
  }

  /** @param {string | null} field */
  focus(field) {
    const element = this.#form.elements.namedItem(field ?? "provider");
    const target = element instanceof RadioNodeList ? this.#form.querySelector(":checked") : element;
    if (target instanceof HTMLElement) target.focus();
  }

  /** @param {EventTarget | null} target */
  #edited(target) {
    const radio = target instanceof HTMLInputElement && target.type === "radio";
    if (radio && target.name === "client") this.#chosen = true;
    if (radio) void this.#checkNow();
    else this.#later();
  }

  /** @param {EventTarget | null} target */
  #left(target) {
    const typed = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (!typed || target.type === "radio" || target.value === "") return;
    this.#touched.add(target.name);
    this.#later();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#checkNow(), PAUSE);
  }

  /** @returns {Promise<void>} */
  async #checkNow() {
    clearTimeout(this.#timer);
    const asked = choice(this.value());
    try {
      const check = await this.check();
      if (choice(this.value()) !== asked) return; // the answer to the newer choice is on its way
      this.#arrange(check);
      if (choice(this.value()) !== asked) return await this.#checkNow(); // that client is not for this server
      this.#showProblems(check.problems);
    } catch {
      // The worker did not answer; Connect will say so where it matters.
    }
  }

  /** Shows the clients and fields that go with what is chosen, in the backend's order. @param {FormCheck} check */
  #arrange({ clients, fields }) {
    if (this.#offer(clients)) return; // another client is chosen now, which has fields of its own
    const shown = fields.filter((name) => name !== "simulator" || this.#loopback);
    for (const name of NAMES) byId(`field-${name}`).hidden = !shown.includes(name);
    const wanted = shown.map((name) => byId(`field-${name}`));
    const standing = [...byId("fields").children].filter((element) => wanted.includes(/** @type {any} */ (element)));
    // moving an element drops its focus, so nothing is moved without need
    if (wanted.some((element, at) => standing[at] !== element)) byId("fields").append(...wanted);
    this.#changed(this.value());
  }

  /**
   * Shows the clients there are for the server. One that the person chose stays chosen if it is among them; else the usual one is.
   * @param {ClientChoice[]} clients
   * @returns {boolean} whether the choice has changed
   */
  #offer(clients) {
    const { provider, client } = this.value();
    const place = byId("client-choices");
    const state = `${provider} ${clients}`;
    if (place.dataset.state === state) return false;
    place.dataset.state = state;
    const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (place.querySelectorAll("[name=client]"));
    const known = new Map([...inputs].map((input) => [input.value, input]));
    for (const [value, input] of known) labelOf(input).hidden = !clients.some((each) => each === value);
    for (const hint of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-cloud]")))
      hint.hidden = hint.dataset.cloud !== String(provider === "jira_cloud");
    const offered = clients.map((each) => known.get(each)).filter((input) => input !== undefined);
    for (const input of offered) if (document.activeElement !== input) place.append(labelOf(input));
    const chosen = this.#chosen && clients.includes(client) ? client : clients[0];
    const input = known.get(chosen);
    if (input) input.checked = true;
    return chosen !== client;
  }

  /** @param {FormProblem[]} problems */
  #showProblems(problems) {
    for (const name of NAMES) {
      const problem = this.#touched.has(name) ? problems.find((each) => each.field === name) : undefined;
      const input = /** @type {HTMLInputElement} */ (this.#form.elements.namedItem(name));
      input.setAttribute("aria-invalid", String(problem !== undefined));
      const place = byId(`problem-${name}`);
      if ((place.textContent ?? "") !== (problem?.message ?? ""))
        place.replaceChildren(...(problem ? [icon("error_circle", 16), h("span", {}, problem.message)] : []));
    }
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
