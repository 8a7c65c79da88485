/** The language that the person chose for the pages: the browser itself offers the texts of its own language only. */

/** Nothing is kept under it where it is the browser's. */
const LANGUAGE = "language";

/** The chosen language, as a tag; empty: the browser's. */
export function chosenLanguage() {
  return globalThis.localStorage?.getItem(LANGUAGE) ?? "";
}

/** Shows every page in this language from now on. @param {string} tag Empty for the browser's. */
export function chooseLanguage(tag) {
  localStorage.setItem(LANGUAGE, tag);
  location.reload();
}
globalThis.addEventListener?.("storage", ({ key }) => key === LANGUAGE && location.reload());

/** All texts of the chosen language; none where it is the browser's. @param {(path: string) => string} address @returns {Promise<Record<string, { message: string }> | null>} */
export async function chosenTexts(address) {
  if (!chosenLanguage()) return null;
  const answer = await fetch(address(`_locales/${chosenLanguage()}/messages.json`)).catch(() => null);
  return answer?.json() ?? null;
}

/** @param {string | undefined} text @param {(string | number)[]} values For `$1`, `$2` … */
export function filled(text, values) {
  return text?.replace(/\$(\d)/gu, (_, at) => String(values[at - 1] ?? ""));
}

/**
 * What tells the backend's sentences in the pages' language; the backend speaks English.
 * @param {string} language @param {(path: string) => string} address
 * @returns {<T>(answer: T) => T | Promise<T>} Changes the answer itself. Answers keep their order, the first ones wait until the texts are there.
 */
export function teller(language, address) {
  if (language === "en") return (answer) => answer;
  /** @type {(<T>(answer: T) => T) | undefined} */
  let ready;
  const loading = translatorOf(language, address).then((translate) => {
    ready = translate;
    return translate;
  });
  return (answer) => {
    if (answer === null) return answer; // nothing waits for texts to say nothing
    return ready ? ready(answer) : loading.then((translate) => translate(answer));
  };
}

/**
 * @param {string} language @param {(path: string) => string} address
 * @returns {Promise<<T>(answer: T) => T>} Never rejects: without the texts, English is better than nothing.
 */
async function translatorOf(language, address) {
  try {
    const texts = fetch(address(`_locales/${language}/said.json`));
    /** @type {typeof import("./said.js")} */
    const { translator } = await import(address("www/lib/said.js"));
    return translator(await (await texts).json());
  } catch {
    return (answer) => answer;
  }
}
