/** Buttons that show that what they started is still going on. They keep the focus, which a disabled one would lose. */

/** @param {HTMLElement} button @param {boolean} on */
export function busy(button, on) {
  button.setAttribute("aria-disabled", String(on));
  button.toggleAttribute("data-busy", on);
}

/**
 * Does a button's work once at a time, and shows that it goes on.
 * @param {HTMLElement} button
 * @param {() => Promise<unknown>} work
 * @param {(error: unknown) => void} failed
 */
export async function busily(button, work, failed) {
  if (button.getAttribute("aria-disabled") === "true") return;
  busy(button, true);
  try {
    await work();
  } catch (error) {
    failed(error);
  } finally {
    busy(button, false);
  }
}
