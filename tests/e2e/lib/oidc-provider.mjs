/* A certified server that shares nothing with us: npm's oidc-provider on the loopback interface, with pages of two buttons. */
import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
// @ts-expect-error it comes without types
import Provider from "oidc-provider";
import { EXTENSION_ID } from "../../tools/tree.mjs";

/** Its clients, as the fields of the connect form. */
export const CLIENTS = {
  public: {
    provider: "other",
    client: "public",
    client_id: "extension",
    scopes: "openid profile email offline_access",
  },
  machine: {
    provider: "other",
    client: "client_credentials",
    client_id: "machine",
    client_secret: "the machine's own secret",
    scopes: "reports",
  },
};

const PERSON = { sub: "astrid", name: "Astrid Holm", email: "astrid@example.org", email_verified: true };

/**
 * One request to the token or revocation endpoint. Tokens are told apart by the first characters of their SHA-256.
 * @typedef {{ path: string, grant: string | undefined, token: string | undefined, gave: string | undefined, status: number,
 *   error: string | undefined, secret: boolean, at: number }} Request
 */

/** @param {unknown} token */
const fingerprint = (token) =>
  typeof token === "string" ? createHash("sha256").update(token).digest("hex").slice(0, 12) : undefined;

/** @param {string} body */
const page = (body) => `<!doctype html><meta charset="utf-8"><title>Sign in</title><form method="post">${body}</form>`;
const LOGIN = page('<button id="login" name="answer" value="login">Sign in as Astrid Holm</button>');
const CONSENT = page(
  '<button id="accept" name="answer" value="accept">Allow</button><button id="deny" name="answer" value="deny">Deny</button>',
);

export class OidcProvider {
  /** @type {any} */
  provider;
  /** @type {import("node:http").Server} */
  #server;
  /** Its address and issuer, without a slash at the end. */
  base;
  /** Seconds that an access token lives; those given out already keep their own. */
  lifetime = 3600;
  /** @type {Request[]} */
  requests = [];
  /** Which pages the person was shown, in order. @type {string[]} */
  shown = [];
  /** @type {Set<string>} */
  #grants = new Set();
  /** Each refresh token that was given out, by its fingerprint. @type {Map<string, string>} */
  #tokens = new Map();

  /** @param {import("node:http").Server} server @param {string} base */
  constructor(server, base) {
    this.#server = server;
    this.base = base;
    this.provider = new Provider(base, configuration(this));
    this.provider.use((/** @type {any} */ ctx, /** @type {() => Promise<void>} */ next) => this.#watch(ctx, next));
    this.provider.use((/** @type {any} */ ctx, /** @type {() => Promise<void>} */ next) => this.#interact(ctx, next));
    this.provider.on("grant.success", (/** @type {any} */ ctx) => {
      if (ctx.oidc.entities.Grant) this.#grants.add(ctx.oidc.entities.Grant.jti);
    });
    server.on("request", this.provider.callback());
  }

  /** @param {{ lifetime?: number }} [options] */
  static async start({ lifetime } = {}) {
    const server = createServer();
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    const started = new OidcProvider(server, `http://127.0.0.1:${port}`);
    if (lifetime !== undefined) started.lifetime = lifetime;
    return started;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** @returns {Request[]} the refreshes that were tried */
  get refreshes() {
    return this.requests.filter((request) => request.grant === "refresh_token");
  }

  /** What an administrator does who withdraws a person's consent: every token of every grant is void. */
  async revokeGrants() {
    for (const id of this.#grants) {
      for (const model of ["AccessToken", "RefreshToken", "AuthorizationCode"])
        await this.provider[model].revokeByGrantId(id);
      await (await this.provider.Grant.find(id))?.destroy();
    }
    this.#grants.clear();
  }

  /** Whether a refresh token with this fingerprint would still be taken. @param {string | undefined} token */
  async holds(token) {
    const found = await this.provider.RefreshToken.find(this.#tokens.get(token ?? "") ?? "");
    return Boolean(found?.isValid && (await this.provider.Grant.find(found.grantId)));
  }

  /** Uses a refresh token as whoever found a copy of it would. @param {string | undefined} token its fingerprint */
  async reuse(token) {
    const body = { grant_type: "refresh_token", refresh_token: this.#tokens.get(token ?? "") ?? "" };
    const answer = await fetch(`${this.base}/token`, {
      method: "POST",
      body: new URLSearchParams({ ...body, client_id: CLIENTS.public.client_id }),
    });
    return answer.json();
  }

  /** @param {any} ctx @param {() => Promise<void>} next */
  async #watch(ctx, next) {
    await next();
    if (ctx.method !== "POST" || !ctx.oidc || !["token", "revocation"].includes(ctx.oidc.route)) return;
    const parameters = ctx.oidc.params ?? {};
    const gave = fingerprint(ctx.body?.refresh_token);
    if (gave) this.#tokens.set(gave, ctx.body.refresh_token);
    this.requests.push({
      path: ctx.path,
      grant: parameters.grant_type,
      token: fingerprint(parameters.refresh_token ?? parameters.token),
      gave,
      status: ctx.status,
      error: ctx.body?.error,
      secret: parameters.client_secret !== undefined || ctx.headers.authorization !== undefined,
      at: Date.now(),
    });
  }

  /** The pages, and what the person pressed. @param {any} ctx @param {() => Promise<void>} next */
  async #interact(ctx, next) {
    if (!ctx.path.startsWith("/interaction/")) return next();
    const details = await this.provider.interactionDetails(ctx.req, ctx.res);
    if (ctx.method === "GET") {
      this.shown.push(details.prompt.name);
      ctx.type = "html";
      ctx.body = details.prompt.name === "login" ? LOGIN : CONSENT;
      return;
    }
    const answer = new URLSearchParams(await bodyOf(ctx.req)).get("answer");
    const result =
      answer === "login"
        ? { login: { accountId: PERSON.sub } }
        : answer === "accept"
          ? { consent: { grantId: await this.#grant(details) } }
          : { error: "access_denied", error_description: "the person said no" };
    ctx.respond = false;
    await this.provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: answer === "accept" });
  }

  /** @param {any} details */
  async #grant({ grantId, session, params, prompt }) {
    const grant = grantId
      ? await this.provider.Grant.find(grantId)
      : new this.provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    if (prompt.details.missingOIDCScope) grant.addOIDCScope(prompt.details.missingOIDCScope.join(" "));
    if (prompt.details.missingOIDCClaims) grant.addOIDCClaims(prompt.details.missingOIDCClaims);
    return grant.save();
  }
}

/** @param {import("node:http").IncomingMessage} request */
async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** @param {OidcProvider} server */
function configuration(server) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    clients: [
      {
        client_id: CLIENTS.public.client_id,
        token_endpoint_auth_method: "none",
        redirect_uris: [`https://${EXTENSION_ID}.chromiumapp.org/oauth`],
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
      },
      {
        client_id: CLIENTS.machine.client_id,
        client_secret: CLIENTS.machine.client_secret,
        redirect_uris: [],
        grant_types: ["client_credentials"],
        response_types: [],
      },
    ],
    responseTypes: ["code"],
    scopes: ["openid", "offline_access", "reports"],
    claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] },
    findAccount: (/** @type {unknown} */ _ctx, /** @type {string} */ id) => ({
      accountId: id,
      claims: () => ({ ...PERSON, sub: id }),
    }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (/** @type {unknown} */ _ctx, /** @type {any} */ client, /** @type {any} */ token) =>
          token.clientId === client.clientId,
      },
      // It has no page to sign out of in the browser: that ends a session there, not a token.
      rpInitiatedLogout: { enabled: false },
    },
    // S256 is the only method it has; every client must use it.
    pkce: { required: () => true },
    // A refresh token counts once; its second use ends the whole family. That is what the server does, but only if it rotates.
    rotateRefreshToken: true,
    // A public client asks from its own origin, which is not that of its redirect address.
    clientBasedCORS: (/** @type {unknown} */ _ctx, /** @type {string} */ origin) =>
      origin === `chrome-extension://${EXTENSION_ID}`,
    ttl: {
      AccessToken: () => server.lifetime,
      ClientCredentials: () => server.lifetime,
      AuthorizationCode: 60,
      Grant: 14 * 86_400,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: 14 * 86_400,
      Session: 14 * 86_400,
    },
    interactions: { url: (/** @type {unknown} */ _ctx, /** @type {any} */ { uid }) => `/interaction/${uid}` },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] },
  };
}
