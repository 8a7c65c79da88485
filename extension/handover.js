/* Brings what was typed or chosen around the pages into the panel. */

const PANEL = "www/panel/panel.html";

/** Where it waits; `www/lib/extension.js` takes it from there. */
export const HANDED_OVER = "handed_over";

/**
 * @typedef {object} Question
 * @property {string} text what goes into the composer
 * @property {boolean} ask whether the person meant to ask it, and not to go on writing
 * @property {string | null} account whose issue it speaks of, if that is known
 * @property {number} [caret] where the person goes on writing, in UTF-16 units; without it behind the text
 */

/**
 * Shows the panel beside the page, or where the browser cannot do that, in a tab. Call it in the first turn after the person's
 * gesture: the browser opens the side panel only then.
 * @param {number | undefined} windowId
 * @returns {Promise<{ window: number, tab: number | null }>} which panel that is
 */
export async function showPanel(windowId) {
  try {
    if (windowId === undefined) throw new Error("which window the person is at is not known in time");
    await chrome.sidePanel.open({ windowId });
    return { window: windowId, tab: null };
  } catch {
    return panelInTab();
  }
}

/** @returns {Promise<{ window: number, tab: number }>} */
async function panelInTab() {
  const url = chrome.runtime.getURL(PANEL);
  const contexts = await chrome.runtime.getContexts({ contextTypes: [chrome.runtime.ContextType.TAB] });
  const open = contexts.find(({ documentUrl }) => documentUrl?.startsWith(url));
  if (!open) {
    const { id, windowId } = await chrome.tabs.create({ url });
    return { window: windowId, tab: /** @type {number} */ (id) };
  }
  await chrome.tabs.update(open.tabId, { active: true });
  await chrome.windows.update(open.windowId, { focused: true });
  return { window: open.windowId, tab: open.tabId };
}

/**
 * Leaves a question for the panel that was shown. One that another replaces before it was read is lost, as it would be in a field.
 * @param {ReturnType<typeof showPanel>} shown
 * @param {Question | Promise<Question>} question
 */
export async function handOver(shown, question) {
  const [place, what] = await Promise.all([shown, question]);
  await chrome.storage.session.set({ [HANDED_OVER]: { ...what, ...place, at: Date.now() } });
}
