/** A result as a file or on the clipboard. */

import { toast } from "../elements/toast-region.js";
import { h, pageSignal } from "../lib/dom.js";
import { message, stream } from "../lib/extension.js";
import { number } from "../lib/format.js";
import { icon } from "../lib/icons.js";
import { saveFile } from "../lib/save-file.js";
import { copyButton, once } from "./copy.js";

/** @import {Exported, Format} from "../lib/contract.d.ts" */

/** Spreadsheets take a file without this for one in an old code page. */
const MARK = "\uFEFF";

/** @param {string} account @param {string} what From the end of an answer. @param {HTMLElement} answer */
export function exportButtons(account, what, answer) {
  const make = (/** @type {Format} */ format) => stream("export", { account, what, format }, { signal: pageSignal });
  const text = (/** @type {Format} */ format) => async () => (await make(format)).text;
  const inJira = answer.querySelector("a[data-testid=search-in-jira]");
  const link = inJira instanceof HTMLAnchorElement && copyButton("copy-link", message("copy_link"), () => inJira.href);
  const save = (/** @type {Format} */ format, /** @type {string} */ name) => {
    const onclick = () => once(made, async () => keep(await make(format), format));
    const made = h(`button.button.subtle@export-${format}`, { onclick }, icon("download", 16), name);
    return made;
  };
  return h(
    "div.show-more.exports",
    { role: "group", "aria-label": message("export_label") },
    link,
    copyButton("copy-markdown", message("copy_markdown"), text("markdown")),
    copyButton("copy-csv", message("copy_csv"), text("csv")),
    save("csv", message("save_csv")),
    save("markdown", message("save_markdown")),
  );
}

/** @param {Exported} file @param {Format} format */
function keep(file, format) {
  saveFile(file.name, file.media_type, (format === "csv" ? MARK : "") + file.text);
  toast(message(file.cut ? "exported_cut" : "exported_rows", number(file.rows)));
}
