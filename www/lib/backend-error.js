/** @import {Action, Code, ErrorView} from "./contract.d.ts" */

/** What the backend said went wrong, as an `Error`: the code for programs, the sentence for the person, what to offer next. */
export class BackendError extends Error {
  /** @param {ErrorView} view */
  constructor(view) {
    super(view.message);
    this.name = "BackendError";
    /** @type {Code} */
    this.code = view.code;
    /** @type {Action} */
    this.action = view.action;
  }

  /** @returns {ErrorView} */
  get view() {
    return { code: this.code, message: this.message, action: this.action };
  }
}
