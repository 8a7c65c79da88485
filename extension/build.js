/* Which build the parts are of: an update must not let an old part talk to a new one. */
import { BUILD } from "../www/lib/build.js";

/** A part is of another build than this worker. Only loading what is old anew helps. */
export class Outdated extends Error {}

/**
 * Whether somebody is of this worker's build. Who does not say is no page that could be old: all of ours say.
 * @param {unknown} build
 */
export function isCurrent(build) {
  return build === undefined || build === BUILD;
}

/**
 * Compiles a module, if it is of this worker's build. Where an update has put other files under a running worker, it is not.
 * @param {string} url
 * @returns {Promise<WebAssembly.Module>} rejects with `Outdated`, or with why it cannot be loaded
 */
export async function compile(url) {
  const module = await WebAssembly.compileStreaming(fetch(url));
  const [stamp] = WebAssembly.Module.customSections(module, "build");
  if (stamp && !isCurrent(new TextDecoder().decode(stamp))) throw new Outdated("the module is of another build");
  return module;
}
