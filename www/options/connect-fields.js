/** What the connect form can ask for, in words. Which of it belongs to which choice, the backend says. */

import { h } from "../lib/dom.js";
import { message } from "../lib/extension.js";

/** @import {ClientChoice, ConnectForm as Form, ProviderKind} from "../lib/contract.d.ts" */
/** @import {MessageKey} from "../lib/extension.js" */
/** @typedef {Exclude<keyof Form, "provider" | "client">} FieldName */
/** @typedef {{ label: MessageKey, hint?: MessageKey, example?: string, kind?: "password" | "url" | "lines" | "day", optional?: boolean }} Field */

/** @type {Record<FieldName, Field>} */
export const FIELDS = {
  broker_url: {
    label: "field_broker_url",
    hint: "field_broker_url_hint",
    example: "https://broker.example.com",
    kind: "url",
  },
  base_url: { label: "field_base_url", example: "https://jira.example.com", kind: "url" },
  site: { label: "field_site", hint: "field_site_hint", example: "https://example.atlassian.net", kind: "url" },
  email: { label: "field_email", hint: "field_email_hint", example: "you@example.com" },
  token: { label: "field_token", hint: "field_token_hint", kind: "password" },
  expires_on: { label: "field_expires_on", hint: "field_expires_on_hint", kind: "day", optional: true },
  client_id: { label: "field_client_id" },
  client_secret: { label: "field_client_secret", hint: "field_client_secret_hint", kind: "password" },
  tenant: { label: "field_tenant", hint: "field_tenant_hint", example: "organizations" },
  issuer: {
    label: "field_issuer",
    hint: "field_issuer_hint",
    example: "https://login.example.com",
    kind: "url",
    optional: true,
  },
  authorization_endpoint: { label: "field_authorization_endpoint", kind: "url", optional: true },
  token_endpoint: { label: "field_token_endpoint", kind: "url", optional: true },
  scopes: { label: "field_scopes", hint: "field_scopes_hint", optional: true },
  authorize_parameters: {
    label: "field_authorize_parameters",
    hint: "field_parameters_hint",
    example: "audience=example",
    kind: "lines",
    optional: true,
  },
  token_parameters: { label: "field_token_parameters", hint: "field_parameters_hint", kind: "lines", optional: true },
  simulator: {
    label: "field_simulator",
    hint: "field_simulator_hint",
    example: "http://127.0.0.1:8080",
    kind: "url",
    optional: true,
  },
};

/** @type {Record<ClientChoice, { label: MessageKey, hint: MessageKey }>} */
export const CLIENTS = {
  broker: { label: "client_broker", hint: "client_broker_hint" },
  own_app: { label: "client_own_app", hint: "client_own_app_hint_other" },
  public: { label: "client_public", hint: "client_public_hint" },
  single_page: { label: "client_single_page", hint: "client_single_page_hint" },
  client_credentials: { label: "client_machine", hint: "client_machine_hint" },
  api_token: { label: "client_api_token", hint: "client_api_token_hint" },
  personal_access_token: { label: "client_pat", hint: "client_pat_hint" },
};

/** @type {Record<ProviderKind, MessageKey>} */
export const PROVIDERS = {
  jira_cloud: "jira_cloud",
  jira_data_center: "jira_data_center",
  microsoft_entra: "microsoft_entra",
  other: "other_provider",
};

/** A choice of how to prove oneself. Hidden until it is known to be one. @param {ClientChoice} client */
export function clientElement(client) {
  const { label, hint } = CLIENTS[client];
  // Atlassian's rule binds apps at Atlassian only
  const hints =
    client === "own_app"
      ? [
          h("small", { "data-cloud": "true" }, message("client_own_app_hint")),
          h("small", { "data-cloud": "false" }, message(hint)),
        ]
      : [h("small", {}, message(hint))];
  return h(
    "label",
    { class: "choice", hidden: true },
    h("input", { type: "radio", name: "client", value: client, checked: client === "broker" }),
    h("span", { class: "choice-text" }, h("strong", {}, message(label)), ...hints),
  );
}

/** An empty form. @param {ProviderKind} provider @param {ClientChoice} client @returns {Form} */
export function emptyForm(provider, client) {
  const fields = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, ""]));
  return /** @type {Form} */ ({ ...fields, provider, client });
}

/** @param {FieldName} name @param {string} [prefix] Tells two forms of one page apart. */
export function fieldElement(name, prefix = "") {
  const { label, hint, example, kind, optional } = FIELDS[name];
  const [id, hintId, problemId] = ["input", "hint", "problem"].map((part) => `${prefix}${part}-${name}`);
  const common = {
    class: "input",
    id,
    name,
    placeholder: example,
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": `${hint ? `${hintId} ` : ""}${problemId}`,
    "aria-invalid": "false",
  };
  const type = kind === "password" ? "password" : kind === "day" ? "date" : "text";
  return h(
    "div",
    { class: "field", id: `${prefix}field-${name}` },
    h(
      "label",
      { for: id },
      message(label),
      optional ? h("span", { class: "optional" }, ` (${message("optional")})`) : "",
    ),
    kind === "lines"
      ? h("textarea", { ...common, rows: 2 })
      : h("input", { ...common, type, inputmode: kind === "url" ? "url" : null }),
    hint ? h("p", { class: "caption muted", id: hintId }, message(hint)) : "",
    h("p", {
      class: "field-problem",
      id: problemId,
      "aria-live": "polite",
      "data-testid": "field-problem",
      "data-field": name,
    }),
  );
}
