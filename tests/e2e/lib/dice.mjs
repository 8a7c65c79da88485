/**
 * A small generator of its own, so that a seed means the same everywhere (mulberry32).
 * @param {number} seed
 * @returns {(sides: number) => number} a whole number from 0, below `sides`
 */
export function dice(seed) {
  let state = seed >>> 0;
  return (/** @type {number} */ sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) % sides;
  };
}
