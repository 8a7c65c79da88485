/** The name of this build. All scripts and the module that were put together at once carry the same: `tests/tools/tree.mjs` writes it here. */
export const BUILD = "not-yet-stamped!";
