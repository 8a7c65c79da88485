/* Figures, their medians and their table. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { ROOT } from "../tools/tree.mjs";

/** @typedef {{ what: string, value: number, unit: string, goal: number, note?: string, atLeast?: boolean }} Figure `value` at most `goal`, or at least */

/** No goal of its own: another figure is held against it. */
export const NO_GOAL = Number.POSITIVE_INFINITY;

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** @param {Figure[]} figures */
export function table(figures) {
  const rows = figures.map(({ what, value, unit, goal, note, atLeast }) => [
    what,
    `${value.toFixed(unit === "×" || unit === "µs" ? 2 : unit === "B" ? 0 : 1)} ${unit}`,
    goal === NO_GOAL ? "" : `${atLeast ? "≥" : "≤"} ${goal} ${unit}`,
    goal === NO_GOAL ? (note ?? "") : (atLeast ? value >= goal : value <= goal) ? "holds" : "MISSED",
  ]);
  const head = ["figure", "measured", "goal", ""];
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => (row[at] ?? "").length)));
  for (const row of [head, widths.map((width) => "-".repeat(width)), ...rows]) {
    console.log(
      row
        .map((cell, at) => (cell ?? "").padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
}

/**
 * The table on the screen, and the same as JSON.
 * @param {Figure[]} figures
 * @param {{ browser: string, rounds: number }} about
 */
export function report(figures, { browser, rounds }) {
  table(figures);
  console.log(
    `\nmedians of ${rounds} rounds (pages ${Math.min(rounds, 15)}); ${browser}; ${cpus().length} × ${cpus()[0]?.model.trim()}`,
  );
  mkdirSync(join(ROOT, "target"), { recursive: true });
  const json = {
    browser,
    rounds,
    figures: figures.map((figure) => ({ ...figure, goal: Number.isFinite(figure.goal) ? figure.goal : null })),
  };
  writeFileSync(join(ROOT, "target", "bench.json"), `${JSON.stringify(json, null, 2)}\n`);
}
