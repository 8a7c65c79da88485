/*
 * An administrator's policy, as a real file where the browser looks for it.
 *
 * Where Linux allows it, the file is seen by this one browser only: it runs in a mount namespace of its own, in which the
 * file lies over /etc. Elsewhere it is written into the real folder, and always removed in the end.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { EXTENSION_ID } from "../../tools/tree.mjs";
import { browserProgram } from "./browser.mjs";

/** Milliseconds until a browser has read the policy of an extension that it has just loaded: it waits for the files to settle. */
export const POLICY_PATIENCE = 20_000;

const NAME = "chat-for-jira-test.json";

/** Where the programs look (https://chromeenterprise.google/policies, and Edge's documentation, for Linux). */
function folder() {
  const program = basename(browserProgram());
  if (program.startsWith("microsoft-edge")) return "/etc/opt/edge/policies";
  if (program.startsWith("google-chrome")) return "/etc/opt/chrome/policies";
  return "/etc/chromium/policies";
}

/** @param {unknown} values of the extension's own policy */
const document = (values) => JSON.stringify({ "3rdparty": { extensions: { [EXTENSION_ID]: values } } });

/** The ways into a namespace of one's own: as root, and as anybody where user namespaces are open. */
const NAMESPACES = [["--mount"], ["--user", "--map-root-user", "--mount"]];

/** In the namespace: makes the folder appear (`$1` and /etc, one over the other), then puts the policy there (`$2` at `$3`). */
const MOUNTS = 'mount -t overlay overlay -o "lowerdir=$1:/etc" /etc && mount --bind "$2" "$3"';

/**
 * Gives a browser its policy.
 * @param {Record<string, unknown>} values
 * @returns {{ program: string, args: string[], set: (values: Record<string, unknown>) => void, remove: () => void } | null} the
 *   program to start in place of the browser, with what arguments besides; null where no policy can be given
 */
export function managed(values) {
  if (process.platform !== "linux") return null;
  return apart(values) ?? inPlace(values);
}

/** @param {Record<string, unknown>} values */
function apart(values) {
  const home = mkdtempSync(join(tmpdir(), "chat-for-jira-policy-"));
  const [shape, content] = [join(home, "etc"), join(home, "policies")];
  mkdirSync(join(shape, relative("/etc", folder())), { recursive: true });
  mkdirSync(join(content, "managed"), { recursive: true });
  const file = join(content, "managed", NAME);
  const set = (/** @type {Record<string, unknown>} */ values) => writeFileSync(file, document(values));
  set(values);
  for (const flags of NAMESPACES) {
    const seen = `${MOUNTS} && cat "$3/managed/${NAME}"`;
    try {
      const text = execFileSync("unshare", [...flags, "sh", "-c", seen, "sh", shape, content, folder()], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      if (text.toString() !== document(values)) continue;
    } catch {
      continue;
    }
    const program = join(home, "browser");
    const quoted = [shape, content, folder(), browserProgram()].map((text) => `'${text}'`).join(" ");
    const then = `${MOUNTS} && shift 3 && exec "$@"`;
    writeFileSync(program, `#!/bin/sh\nexec unshare ${flags.join(" ")} sh -c '${then}' sh ${quoted} "$@"\n`);
    chmodSync(program, 0o755);
    // Inside, the browser takes itself for root's.
    return { program, args: ["--no-sandbox"], set, remove: () => rmSync(home, { recursive: true, force: true }) };
  }
  rmSync(home, { recursive: true, force: true });
  return null;
}

/** @param {Record<string, unknown>} values */
function inPlace(values) {
  const file = join(folder(), "managed", NAME);
  if (existsSync(file)) return null;
  const set = (/** @type {Record<string, unknown>} */ values) => writeFileSync(file, document(values));
  try {
    mkdirSync(join(folder(), "managed"), { recursive: true });
    set(values);
  } catch {
    return null;
  }
  const remove = () => rmSync(file, { force: true });
  process.once("exit", remove);
  return { program: browserProgram(), args: [], set, remove };
}
