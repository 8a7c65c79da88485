/* The address bar after the keyword `jira`: a key opens its issue, words are asked. */
import { aboutToAsk, askFrom } from "./asking.js";
import { handOver, showPanel } from "./handover.js";

/** The shape of an issue's key; whether there is such an issue, Jira says. Read here because a question has to open the panel at once. */
const KEY = /^[a-z][a-z0-9_]+-[1-9]\d*$/i;

/** The window in which somebody types there; only known for as long as this worker lives, and only needed for that long. @type {number | undefined} */
let typingIn;

/** What was typed last; suggestions for what was typed before come too late. */
let typed = "";

/** @typedef {chrome.omnibox.SuggestResult} Line */

/**
 * A text as a piece of a line: whatever it says, it is no markup there.
 * @param {string} text
 */
export function plain(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no line of the address bar may have them
  const visible = text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, " ");
  return visible.replace(/\p{Cs}/gu, "\ufffd").replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** What the browser puts the typed text in for. It shows a first line that was set for one text with the next one still. */
const TYPED = "%s";

/** @param {string} text what is entered by the first line */
function firstLine(text) {
  const [asked, key] = [text.trim(), KEY.test(text.trim())];
  const description = asked
    ? chrome.i18n.getMessage(key ? "omnibox_open" : "omnibox_ask", TYPED)
    : chrome.i18n.getMessage("omnibox_hint");
  chrome.omnibox.setDefaultSuggestion({ description: plain(description) });
}

/** Somebody has typed the keyword. */
export function begin() {
  firstLine("");
  aboutToAsk();
  chrome.windows.getLastFocused().then(
    ({ id }) => {
      typingIn = id;
    },
    () => {},
  );
}

/**
 * @param {string} text what is typed so far
 * @param {(lines: Line[]) => void} suggest
 */
export async function change(text, suggest) {
  typed = text;
  firstLine(text);
  const found = await askFrom("omnibox", "suggest", { text });
  if (!found || typed !== text) return;
  const others = found.filter((each) => each.text !== text.trim());
  suggest(
    others.map((each) => ({
      content: each.text,
      description: `<match>${plain(each.text)}</match> <dim>${plain(each.title)}</dim>`,
    })),
  );
}

/**
 * @param {string} text what was entered
 * @param {`${chrome.omnibox.OnInputEnteredDisposition}`} disposition
 */
export async function enter(text, disposition) {
  const question = text.trim();
  if (!KEY.test(question)) {
    return handOver(showPanel(typingIn), { text: question, ask: question !== "", account: null });
  }
  const url = await askFrom("omnibox", "issue_address", { text: question });
  // Locked, signed out or broken: the panel says so.
  if (!url) return handOver(showPanel(typingIn), { text: question, ask: true, account: null });
  await go(url, disposition);
}

/**
 * @param {string} url
 * @param {`${chrome.omnibox.OnInputEnteredDisposition}`} disposition
 */
async function go(url, disposition) {
  if (!/^https?:\/\//i.test(url)) return;
  if (disposition === "currentTab") await chrome.tabs.update({ url });
  else await chrome.tabs.create({ url, active: disposition === "newForegroundTab" });
}
