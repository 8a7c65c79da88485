/** The pages' icons, drawn on a 20 × 20 grid with one line weight. */

/** @typedef {keyof typeof SHAPES} IconName */

const SHAPES = {
  checkmark: ["M4.5 10.5l3.6 3.6 7.4-8"],
  check_circle: ["M10 2.75a7.25 7.25 0 1 1 0 14.5a7.25 7.25 0 1 1 0-14.5z", "M6.9 10.2l2.2 2.2 4-4.5"],
  clock: ["M10 2.75a7.25 7.25 0 1 1 0 14.5a7.25 7.25 0 1 1 0-14.5z", "M10 6v4.25l2.75 1.75"],
  refresh: ["M16 6.2a7 7 0 1 0 1 3.8", "M16.4 2.9v3.6h-3.6"],
  warning: ["M10 3.2l7.2 12.9a.6.6 0 0 1-.5.9H3.3a.6.6 0 0 1-.5-.9z", "M10 8v4", "M10 14.4v.1"],
  error_circle: ["M10 2.75a7.25 7.25 0 1 1 0 14.5a7.25 7.25 0 1 1 0-14.5z", "M10 6.2v4.6", "M10 13.6v.1"],
  info: ["M10 2.75a7.25 7.25 0 1 1 0 14.5a7.25 7.25 0 1 1 0-14.5z", "M10 9.2v4.6", "M10 6.4v.1"],
  lock: [
    "M5.2 8.75h9.6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H5.2a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1z",
    "M6.75 8.5V6.25a3.25 3.25 0 0 1 6.5 0V8.5",
    "M10 12v1.6",
  ],
  infinity: [
    "M10 10c-1.6-2.2-2.8-3.2-4.3-3.2a3.2 3.2 0 0 0 0 6.4c1.5 0 2.7-1 4.3-3.2zm0 0c1.6 2.2 2.8 3.2 4.3 3.2a3.2 3.2 0 0 0 0-6.4c-1.5 0-2.7 1-4.3 3.2z",
  ],
  sign_out: ["M8 3.5H4.75a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1H8", "M8.5 10h8", "M13.2 6.6l3.4 3.4-3.4 3.4"],
  sign_in: ["M12 3.5h3.25a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H12", "M3.5 10h8.5", "M8.8 6.6l3.4 3.4-3.4 3.4"],
  chat: [
    "M10 3c4.1 0 7.25 2.9 7.25 6.6s-3.1 6.6-7.25 6.6c-1 0-2-.2-2.9-.5L3 17l1.2-3.5a6.2 6.2 0 0 1-1.45-3.9C2.75 5.9 5.9 3 10 3z",
    "M7 8.4h6",
    "M7 11.2h3.6",
  ],
  settings: [
    "M3 6h7.2",
    "M14.8 6H17",
    "M12.5 3.75a2.25 2.25 0 1 1 0 4.5a2.25 2.25 0 1 1 0-4.5z",
    "M3 14h2.2",
    "M9.8 14H17",
    "M7.5 11.75a2.25 2.25 0 1 1 0 4.5a2.25 2.25 0 1 1 0-4.5z",
  ],
  send: ["M3.4 3.9l13.4 6.1-13.4 6.1 1.8-6.1z", "M5.4 10h5.1"],
  stop: ["M5.5 4.5h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1z"],
  copy: [
    "M7.75 6.75h7.5a1 1 0 0 1 1 1v8.5a1 1 0 0 1-1 1h-7.5a1 1 0 0 1-1-1v-8.5a1 1 0 0 1 1-1z",
    "M13.25 4.5v-.75a1 1 0 0 0-1-1h-7.5a1 1 0 0 0-1 1v8.5a1 1 0 0 0 1 1h.75",
  ],
  open: [
    "M8.5 4H5a1.25 1.25 0 0 0-1.25 1.25V15A1.25 1.25 0 0 0 5 16.25h9.75A1.25 1.25 0 0 0 16 15v-3.5",
    "M11.75 3.25h5v5",
    "M16.5 3.5l-6.75 6.75",
  ],
  chevron: ["M5 7.75l5 5 5-5"],
  add: ["M10 3.75v12.5", "M3.75 10h12.5"],
  dismiss: ["M5 5l10 10", "M15 5L5 15"],
  person: [
    "M10 3a3.25 3.25 0 1 1 0 6.5a3.25 3.25 0 1 1 0-6.5z",
    "M3.75 16.75c.5-3 3-4.75 6.25-4.75s5.75 1.75 6.25 4.75",
  ],
  calendar: [
    "M5 4h10a1.25 1.25 0 0 1 1.25 1.25V15A1.25 1.25 0 0 1 15 16.25H5A1.25 1.25 0 0 1 3.75 15V5.25A1.25 1.25 0 0 1 5 4z",
    "M4 7.75h12",
    "M7 2.75v2.5",
    "M13 2.75v2.5",
  ],
  bug: [
    "M10 6.25c2.3 0 3.75 1.9 3.75 4.5S12.3 16 10 16s-3.75-2.6-3.75-5.25S7.7 6.25 10 6.25z",
    "M7.5 6.5L6.25 4",
    "M12.5 6.5L13.75 4",
    "M2.75 11h3.25",
    "M14 11h3.25",
    "M3.5 16l3-1.75",
    "M16.5 16l-3-1.75",
    "M10 9v7",
  ],
  story: ["M6 3h8a.75.75 0 0 1 .75.75V17L10 13.5 5.25 17V3.75A.75.75 0 0 1 6 3z"],
  epic: ["M11.25 2.5L4.5 11.25h4.25l-.75 6.25 7-9h-4.5z"],
  task: [
    "M5 3.25h10A1.75 1.75 0 0 1 16.75 5v10A1.75 1.75 0 0 1 15 16.75H5A1.75 1.75 0 0 1 3.25 15V5A1.75 1.75 0 0 1 5 3.25z",
    "M6.75 10.2l2.25 2.25 4.25-4.75",
  ],
  subtask: [
    "M4.5 3.25h5a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1h-5a1 1 0 0 1-1-1v-3a1 1 0 0 1 1-1z",
    "M10.5 11.5h5a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1h-5a1 1 0 0 1-1-1v-3a1 1 0 0 1 1-1z",
    "M6.5 8.5V13a1 1 0 0 0 1 1h2.75",
  ],
  cloud: ["M6 15.5a3.5 3.5 0 0 1-.3-7 4.6 4.6 0 0 1 8.9 1.1A3 3 0 0 1 14.25 15.5z"],
  server: [
    "M4.5 3.5h11a1 1 0 0 1 1 1v3.25a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V4.5a1 1 0 0 1 1-1z",
    "M4.5 11.25h11a1 1 0 0 1 1 1v3.25a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-3.25a1 1 0 0 1 1-1z",
    "M6.5 6.1v.1",
    "M6.5 13.9v.1",
  ],
  globe: [
    "M10 2.75a7.25 7.25 0 1 1 0 14.5a7.25 7.25 0 1 1 0-14.5z",
    "M3 10h14",
    "M10 2.75c2 2 3 4.5 3 7.25s-1 5.25-3 7.25c-2-2-3-4.5-3-7.25s1-5.25 3-7.25z",
  ],
  search: ["M8.75 3.25a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z", "M12.75 12.75l4 4"],
  edit: ["M4 16l.9-3.6L13.3 4a1.6 1.6 0 0 1 2.3 0l.4.4a1.6 1.6 0 0 1 0 2.3L7.6 15.1z", "M12 5.4l2.6 2.6"],
  chart: ["M3.5 16.5h13", "M5.5 13.5v-4", "M10 13.5V4", "M14.5 13.5V7"],
  download: ["M10 3v9.5", "M6 8.75l4 4 4-4", "M4 16.5h12"],
  play: ["M6 4l9.5 6L6 16z"],
  pause: ["M6.75 4.25v11.5", "M13.25 4.25v11.5"],
  key: [
    "M13 3.25a3.75 3.75 0 1 1 0 7.5a3.75 3.75 0 1 1 0-7.5z",
    "M10.25 9.75L3.5 16.5",
    "M5.5 14.5l2 2",
    "M13.4 6.6h.1",
  ],
  shield: ["M10 2.75l6 2.25v4.5c0 3.75-2.5 6.5-6 7.75c-3.5-1.25-6-4-6-7.75V5z"],
  delete: [
    "M4 5.75h12",
    "M8 5.5V4a1 1 0 0 1 1-1h2a1 1 0 0 1 1 1v1.5",
    "M5.5 6l.75 10a1 1 0 0 0 1 1h5.5a1 1 0 0 0 1-1L14.5 6",
  ],
  priority_highest: ["M5 9.5l5-4.5 5 4.5", "M5 14.5l5-4.5 5 4.5"],
  priority_high: ["M5 12.25l5-4.5 5 4.5"],
  priority_medium: ["M5 8h10", "M5 12h10"],
  priority_low: ["M5 7.75l5 4.5 5-4.5"],
  priority_lowest: ["M5 5.5l5 4.5 5-4.5", "M5 10.5l5 4.5 5-4.5"],
};

const SVG = "http://www.w3.org/2000/svg";

/**
 * A decorative icon: what it means is always said in words beside it.
 * @param {IconName} name
 * @param {number} [size] CSS pixels.
 */
export function icon(name, size = 20) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({
    class: "icon",
    viewBox: "0 0 20 20",
    width: size,
    height: size,
    "aria-hidden": "true",
  })) {
    svg.setAttribute(key, String(value));
  }
  for (const shape of SHAPES[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", shape);
    svg.append(path);
  }
  return svg;
}

/** Puts the icon of every `data-icon` element of the page in front of its content. */
export function placeIcons() {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-icon]"))) {
    element.prepend(icon(/** @type {IconName} */ (element.dataset.icon), Number(element.dataset.iconSize ?? 20)));
  }
}
