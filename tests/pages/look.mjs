// Takes a picture of every state, light and dark: node tests/pages/look.mjs <folder> [pattern]

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launch, open, serve } from "./harness.mjs";
import { states } from "./states.mjs";

const [folder, pattern = "."] = process.argv.slice(2);
if (!folder) throw new Error("say where the pictures go: node tests/pages/look.mjs <folder> [pattern]");
await mkdir(folder, { recursive: true });
const [server, browser] = [await serve(), await launch()];
for (const { name, page: which, setting, act } of states.filter((state) => new RegExp(pattern, "u").test(state.name))) {
  for (const scheme of /** @type {const} */ (["light", "dark"])) {
    const { page, close } = await open(browser, server.origin, which, { ...setting, scheme });
    await act?.(page);
    await page.screenshot({ path: /** @type {`${string}.png`} */ (join(folder, `${name}-${scheme}.png`)), fullPage: which !== "panel" });
    await close();
  }
}
await browser.close();
await server.close();
