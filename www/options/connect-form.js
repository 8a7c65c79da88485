/** The connect form: which fields there are for which choice, and what the backend says of them while they are filled in. */

import { byId, h } from "../lib/dom.js";
import { call, message } from "../lib/extension.js";
import { icon } from "../lib/icons.js";

/** @import {ConnectForm as Form, FormCheck, FormProblem} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */
/** @typedef {Exclude<keyof Form, "provider" | "client">} FieldName */
/** @typedef {{ label: MessageKey, hint?: MessageKey, example?: string, type?: "password" | "url", optional?: boolean,
 *   shown: (form: Form, loopback: boolean) => boolean }} Field */

/** @type {Record<FieldName, Field>} */
const FIELDS = {
  base_url: { label: "field_base_url", example: "https://jira.example.com", type: "url", shown: ({ provider }) => provider === "jira_data_center" },
  issuer: { label: "field_issuer", hint: "field_issuer_hint", example: "https://login.example.com", type: "url", optional: true, shown: ({ provider }) => provider === "other" },
  authorization_endpoint: { label: "field_authorization_endpoint", type: "url", optional: true, shown: ({ provider }) => provider === "other" },
  token_endpoint: { label: "field_token_endpoint", type: "url", optional: true, shown: ({ provider }) => provider === "other" },
  broker_url: { label: "field_broker_url", hint: "field_broker_url_hint", example: "https://broker.example.com", type: "url", shown: ({ client }) => client === "broker" },
  client_id: { label: "field_client_id", shown: ({ client }) => client !== "broker" },
  client_secret: { label: "field_client_secret", hint: "field_client_secret_hint", type: "password", shown: ({ client }) => client === "own_app" },
  scopes: { label: "field_scopes", hint: "field_scopes_hint", optional: true, shown: ({ provider }) => provider === "other" },
  simulator: { label: "field_simulator", hint: "field_simulator_hint", example: "http://127.0.0.1:8080", type: "url", optional: true, shown: (_, loopback) => loopback },
};
/** A pause in typing this long starts a check. */
const PAUSE = 250;

export class ConnectForm {
  #form = byId("connect-form", HTMLFormElement);
  #loopback = false;
  /** Fields the person has been at; only these complain while typing. @type {Set<string>} */
  #touched = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #changed;
  /** The newest check and the form it is about. @type {{ about: string, check: FormCheck } | null} */
  #checked = null;

  /** @param {{ changed: (form: Form) => void, signal: AbortSignal }} options */
  constructor({ changed, signal }) {
    this.#changed = changed;
    byId("fields").append(...Object.entries(FIELDS).map(([name, field]) => fieldElement(name, field)));
    this.#form.addEventListener("input", (event) => this.#edited(event.target), { signal });
    this.#form.addEventListener("focusout", (event) => this.#left(event.target), { signal });
    this.#arrange();
  }

  /** @param {boolean} loopback Whether this build may talk to a simulator. */
  allowLoopback(loopback) {
    if (this.#loopback === loopback) return;
    this.#loopback = loopback;
    this.#arrange();
  }

  /** What is filled in, hidden fields left empty. @returns {Form} */
  value() {
    const data = new FormData(this.#form);
    const text = (/** @type {string} */ name) => String(data.get(name) ?? "").trim();
    const form = /** @type {Form} */ ({ provider: text("provider"), client: text("client") });
    for (const [name, field] of fields()) form[name] = field.shown(form, this.#loopback) ? text(name) : "";
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
      if (JSON.stringify(this.value()) === about) this.#checked = { about, check };
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
    this.#touched.clear();
    this.#showProblems([]);
    this.#arrange();
    this.forget();
  }

  /** @param {string | null} field */
  focus(field) {
    const element = this.#form.elements.namedItem(field ?? "provider");
    const target = element instanceof RadioNodeList ? this.#form.querySelector(":checked") : element;
    if (target instanceof HTMLElement) target.focus();
  }

  /** @param {EventTarget | null} target */
  #edited(target) {
    if (target instanceof HTMLInputElement && target.type === "radio") this.#arrange();
    this.#later();
  }

  /** @param {EventTarget | null} target */
  #left(target) {
    if (!(target instanceof HTMLInputElement) || target.type === "radio" || target.value === "") return;
    this.#touched.add(target.name);
    this.#later();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#checkNow(), PAUSE);
  }

  async #checkNow() {
    try {
      const about = JSON.stringify(this.value());
      const { problems } = await this.check();
      if (JSON.stringify(this.value()) === about) this.#showProblems(problems);
    } catch {
      // The worker did not answer; Connect will say so where it matters.
    }
  }

  /** Shows the choices and fields that go with what is chosen. */
  #arrange() {
    const provider = this.value().provider;
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (this.#form.querySelectorAll("[data-providers]"))) {
      element.hidden = !element.dataset.providers?.split(" ").includes(provider);
    }
    const clients = /** @type {NodeListOf<HTMLInputElement>} */ (this.#form.querySelectorAll("[name=client]"));
    const offered = [...clients].filter((input) => !input.closest("label")?.hidden);
    if (!offered.some((input) => input.checked)) offered[0].checked = true;
    const form = this.value();
    for (const [name, field] of fields()) byId(`field-${name}`).hidden = !field.shown(form, this.#loopback);
    this.#changed(form);
  }

  /** @param {FormProblem[]} problems */
  #showProblems(problems) {
    for (const [name] of fields()) {
      const problem = this.#touched.has(name) ? problems.find((each) => each.field === name) : undefined;
      const input = /** @type {HTMLInputElement} */ (this.#form.elements.namedItem(name));
      input.setAttribute("aria-invalid", String(problem !== undefined));
      const place = byId(`problem-${name}`);
      if ((place.textContent ?? "") !== (problem?.message ?? "")) place.replaceChildren(...problem ? [icon("error_circle", 16), h("span", {}, problem.message)] : []);
    }
  }
}

function fields() {
  return /** @type {[FieldName, Field][]} */ (Object.entries(FIELDS));
}

/** @param {string} name @param {Field} field */
function fieldElement(name, { label, hint, example, type, optional }) {
  const hints = `${hint ? `hint-${name} ` : ""}problem-${name}`;
  return h("div", { class: "field", id: `field-${name}` },
    h("label", { for: `input-${name}` }, message(label), optional ? h("span", { class: "optional" }, ` (${message("optional")})`) : ""),
    h("input", { class: "input", id: `input-${name}`, name, type: type === "password" ? "password" : "text", inputmode: type === "url" ? "url" : null,
      placeholder: example, autocomplete: "off", spellcheck: "false", "aria-describedby": hints, "aria-invalid": "false" }),
    hint ? h("p", { class: "caption muted", id: `hint-${name}` }, message(hint)) : "",
    h("p", { class: "field-problem", id: `problem-${name}`, "aria-live": "polite", "data-testid": "field-problem", "data-field": name }));
}
