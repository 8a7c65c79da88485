/* The worker of the test extension: puts the checks where the test can call them. */
import init, * as checks from "./pkg/browser_contract.js";

const ready = init({ module_or_path: new URL("pkg/browser_contract_bg.wasm", import.meta.url) });

Object.assign(globalThis, {
  contract: {
    names: () => ready.then(() => checks.names()),
    /** @param {string} name @param {string} server */
    run: (name, server) => ready.then(() => checks.run(name, server)),
    /** @param {string} name */
    takeAndDie: (name) => ready.then(() => checks.take_and_die(name)),
  },
});
