/** What can be set and done for one account, beside what its card offers. */

import { busily } from "../elements/busy-button.js";
import { toast } from "../elements/toast-region.js";
import { actions, asking, byId, onSubmit } from "../lib/dom.js";
import { placeError } from "../lib/error-view.js";
import { call, errorView, message, stream } from "../lib/extension.js";

/** @import {AccountDetails, AccountView} from "../lib/contract.d.ts" */

/** @type {AccountDetails | null} */
let known = null;
const input = byId("threshold", HTMLInputElement);
/** Tells what was done here. @type {(account: AccountView) => void} */
let told;
/** @type {() => void} */
let finished;
const ask = asking("clear");

/** @param {{ changed: (account: AccountView) => void, done: () => void }} options */
export function begin({ changed, done }) {
  told = changed;
  finished = done;
  onSubmit(byId("threshold-form"), () => void saveThreshold(input.value.trim()));
  const tasks = {
    "threshold-general": () => void saveThreshold(""),
    other: () => otherAccount(),
    "clear-yes": () => clear(),
  };
  actions(byId("facts"), tasks);
}

/** @param {AccountDetails} details */
export function show(details) {
  const { account, threshold_minutes } = details;
  const other = known?.account.id !== account.id;
  known = details;
  if (other) {
    ask(false, false);
    complain(null);
    for (const id of ["other-error", "clear-error"]) placeError(byId(id), null);
  }
  byId("other-account").hidden = account.health === "locked" || !account.session_ends_at;
  if (other || document.activeElement !== input) input.value = String(threshold_minutes ?? "");
  byId("threshold-general").hidden = threshold_minutes === null;
  byId("clear").hidden = account.health === "signed_out" || !byId("clear-ask").hidden;
}

/** @param {string} text Empty for the general setting. */
async function saveThreshold(text) {
  if (!known) return;
  const { id, label } = known.account;
  try {
    const threshold_minutes = text === "" ? null : Number(text);
    told(await call("set_account", { account: id, label, threshold_minutes }));
    complain(null);
    toast(message("saved"));
    input.value = text;
    finished();
  } catch (error) {
    complain(error);
    input.focus();
  }
}

/** The provider lets the person choose; whoever signs in gets an account of their own. */
function otherAccount() {
  const account = known?.account.id ?? "";
  const work = async () => {
    toast(message("connected_as", (await stream("reconnect", { account, other: true })).name));
  };
  doing("other", "other-error", work);
}

function clear() {
  const id = known?.account.id ?? "";
  const work = async () => {
    const { accounts } = await call("clear_tokens", { account: id });
    const cleared = accounts.find((account) => account.id === id);
    ask(false);
    if (cleared) told(cleared);
    toast(message("tokens_cleared"));
    finished();
  };
  doing("clear-yes", "clear-error", work);
}

/** @param {string} button @param {string} place Where it is said what went wrong. @param {() => Promise<void>} work */
function doing(button, place, work) {
  const begin = () => {
    placeError(byId(place), null); // the same error coming back is news
    return work();
  };
  const retry = () => doing(button, place, work);
  void busily(byId(button), begin, (error) => placeError(byId(place), errorView(error), { retry }));
}

/** @param {unknown} error */
function complain(error) {
  input.setAttribute("aria-invalid", String(error !== null));
  byId("threshold-problem").textContent = error === null ? "" : errorView(error).message;
}
