// Runs in a page: what stands outside the window, what is cut off, what is too small to hit, what moves, and where the focus is.

/** Everything a person could operate now. */
export function operable() {
  // what lies behind an open dialog is out of reach, as it should be
  const within = document.querySelector("dialog:modal") ?? document;
  const all = [...within.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
  const shown = all.filter(
    (element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(":disabled"),
  );
  const groups = new Set();
  return shown.filter((element) => {
    // of a list whose rows one goes through with other keys, and of a group of radio buttons, Tab reaches one
    if (element.matches("[tabindex='-1']") && element.closest("[role=list]")?.querySelector("[tabindex='0']"))
      return false;
    if (!(element instanceof HTMLInputElement) || element.type !== "radio") return true;
    return element.checked && !groups.has(element.name) && groups.add(element.name);
  }).length;
}

/** What has the focus, and whether that can be seen. */
export function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.closest(".choice, .composer-box") ?? element;
  const { width, top, bottom, left } = element.getBoundingClientRect();
  const hit = document.elementFromPoint(left + width / 2, Math.max(0, Math.min(innerHeight - 1, (top + bottom) / 2)));
  const { dataset } = /** @type {HTMLElement} */ (element);
  dataset.walked ??= String(Math.random());
  const style = getComputedStyle(box);
  return {
    mark: dataset.walked,
    what: element.outerHTML.slice(0, 120),
    ringed: style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2,
    seen:
      width > 0 && bottom > 0 && top < innerHeight && (hit === element || element.contains(hit) || box.contains(hit)),
  };
}

/** Everything wrong with how the page is laid out, in words. @returns {string[]} */
export function layoutProblems() {
  /** @type {Set<string>} */
  const problems = new Set();
  const root = document.documentElement;
  const operated = "a[href], button, input, select, textarea, summary, [role=option], [tabindex='0']";
  /** @param {string} what @param {Element} element */
  const say = (what, element) => problems.add(`${what}: ${element.outerHTML.replace(/\s+/gu, " ").slice(0, 110)}`);

  /** @param {HTMLElement} element @param {CSSStyleDeclaration} style */
  const text = (element, style) => {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    if (!own || style.display === "inline" || style.webkitLineClamp !== "none") return;
    const scrolls = style.textOverflow === "ellipsis" || /auto|scroll/u.test(style.overflowX);
    if (!scrolls && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
      say("its text does not fit", element);
    if (style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 2)
      say("its lines are cut off", element);
  };
  /** @param {HTMLElement} element @param {DOMRect} box @param {CSSStyleDeclaration} style */
  const target = (element, box, style) => {
    if (element.tabIndex > 0) say("has a place of its own in the order of the focus", element);
    const moved = style.order !== "0" || style.flexDirection.endsWith("reverse");
    if (moved && (element.matches(operated) || element.querySelector(operated)))
      say("stands elsewhere than the focus goes", element);
    // a link in a sentence is as high as its line, and a label round a box is pressed as well as the box
    if (!element.matches(operated) || element.matches("p a, li a, dd a, td a")) return;
    const label = element.closest("label")?.getBoundingClientRect();
    const [width, height] = [Math.max(box.width, label?.width ?? 0), Math.max(box.height, label?.height ?? 0)];
    if (Math.min(width, height) < 23.9) say(`only ${width.toFixed(0)} × ${height.toFixed(0)} px`, element);
  };
  /** @param {Element} element @param {boolean} kept Whether what is around it scrolls, or shortens it on purpose. */
  const visit = (element, kept) => {
    if (!(element instanceof HTMLElement)) return;
    if (element.matches(".visually-hidden") || !element.checkVisibility({ visibilityProperty: true })) return;
    const [style, box] = [getComputedStyle(element), element.getBoundingClientRect()];
    if (box.width > 0 && box.height > 0) {
      if (!kept && (box.left < -0.5 || box.right > root.clientWidth + 0.5)) say("outside the window", element);
      if (style.animationIterationCount === "infinite" && !element.matches(".spinner")) say("moves for ever", element);
      text(element, style);
      target(element, box, style);
    }
    const shortens = style.overflowX === "hidden" && style.textOverflow === "ellipsis";
    const inside = kept || shortens || /auto|scroll/u.test(style.overflowX);
    for (const child of element.children) visit(child, inside);
  };
  const excess = root.scrollWidth - root.clientWidth;
  if (excess > 0) problems.add(`the page is ${excess} px too wide`);
  for (const child of document.body.children) visit(child, false);
  return [...problems];
}
