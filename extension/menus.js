/* The menu of the right mouse button: over a selected text, and on the page of an issue. */
import { askFrom } from "./asking.js";
import { handOver, showPanel } from "./handover.js";

/** Where an issue may be shown, on whatever host; which of them are ours, the backend says. Needs no permission. */
const ISSUE_PAGES = ["browse/*-*", "*issues/*-*", "*selectedIssue=*-*", "*queues/*-*", "*portal/*-*"].flatMap(
  (path) => [`*://*/${path}`, `*://*/*/${path}`],
);

/** A longer text is no title and no phrase to search for. */
const MOST = { search: 100, write: 5_000 };

/** Puts our lines into the menu; the browser keeps them until they are made anew. */
export function makeMenus() {
  chrome.contextMenus.removeAll(() => {
    const { getMessage } = chrome.i18n;
    chrome.contextMenus.create({ id: "create", contexts: ["selection"], title: getMessage("menu_create") });
    chrome.contextMenus.create({ id: "comment", contexts: ["selection"], title: getMessage("menu_comment") });
    chrome.contextMenus.create({ id: "search", contexts: ["selection"], title: getMessage("menu_search") });
    const title = getMessage("menu_this");
    chrome.contextMenus.create({ id: "this", contexts: ["page"], title, documentUrlPatterns: ISSUE_PAGES });
  });
}

/**
 * The issue that an address is of.
 * @param {string | undefined} url
 * @param {"menu" | "shortcut"} place where it is asked from
 * @returns {Promise<{ key: string, account: string } | null>}
 */
export async function issueAt(url, place) {
  return url ? askFrom(place, "open_issue", { url, account: null }) : null;
}

/**
 * A selection in one piece of text, cut where it is too long.
 * @param {string} text
 * @param {number} most in UTF-16 units
 */
function cut(text, most) {
  const whole = text.trim();
  return whole.length > most ? `${whole.slice(0, most).replace(/\p{Cs}$/u, "")}…` : whole;
}

/**
 * A line of the menu was chosen. What would change something is only written into the composer: the page may have made up the text.
 * @param {chrome.contextMenus.OnClickData} info
 * @param {chrome.tabs.Tab | undefined} tab
 */
export async function choose({ menuItemId, selectionText = "", pageUrl }, tab) {
  const shown = showPanel(tab?.windowId);
  const account = null;
  switch (menuItemId) {
    case "search": {
      const phrase = cut(selectionText.replace(/[\s"“”„]+/g, " "), MOST.search).replace(/…$/, "");
      return handOver(shown, { text: `search for "${phrase}"`, ask: true, account });
    }
    case "create":
      return handOver(shown, { text: `create a task: ${cut(selectionText, MOST.write)}`, ask: false, account });
    case "comment": {
      const text = `: ${cut(selectionText, MOST.write)}`;
      const written = (/** @type {Awaited<ReturnType<typeof issueAt>>} */ found) =>
        found
          ? { text: `comment on ${found.key}${text}`, ask: false, account: found.account }
          : { text: `comment on ${text}`, ask: false, account, caret: "comment on ".length };
      return handOver(shown, issueAt(pageUrl, "menu").then(written));
    }
    default:
      return handOver(shown, issueAt(pageUrl, "menu").then(about));
  }
}

/**
 * The question about an issue: its card, after which “this” and “it” mean it. Without an issue the panel waits for words.
 * @param {Awaited<ReturnType<typeof issueAt>>} found
 */
export function about(found) {
  return found
    ? { text: found.key, ask: true, account: found.account }
    : { text: "", ask: false, account: /** @type {string | null} */ (null) };
}
