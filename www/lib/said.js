/**
 * What the backend says, in the person's language. The backend speaks English; `_locales/<language>/said.json` has its sentences by groups, as
 * templates with `$1`, `$2` … for what it fills in, and with each the person's own. There `$1` stays as it is, `&1` is a value of ours or a list of
 * them, `@1` names of fields, `%1` a sentence or a phrase of ours, `#1` what is said of a change in an issue's past. What no template fits stays as it is: names, Jira's own words, the person's.
 */

/** @typedef {{ parts: string[], own: string }} Pattern */
/** @typedef {{ whole: Map<string, string>, patterns: Pattern[] }} Group */

/**
 * In which properties (with what they are in, where others have the same name) a text of the backend is shown, and the group it is from; all that can
 * stand in a sentence, where none is named.
 */
const SHOWN = new Map(
  `message meaning reading cause problem warnings problems undo_note twice button concerns.name plan.title job.title unfinished.title last.title
  choices.label=choices item.title=reports cards.title=reports figures.name=reports figures.value=reports series.name=reports columns.name=names
  fields.name=names changes.field=names missing.name=names item.field=names cards.field=names concerns.role=values links.phrase=values`
    .split(/\s+/u)
    .map((each) => /** @type {[string, string]} */ ([...each.split("="), ""].slice(0, 2))),
);
/** What holds much and none of the backend's texts. */
const LEFT = new Set(["issues", "description", "comments", "pictures", "sites", "scopes"]);
/** Groups of which not every text is a sentence or a phrase: they are looked into by name only. */
const APART = ["choices", "reports", "names", "values", "rows", "joints", "circumstances"];
/** No sentence of the backend is longer, in characters, or has phrases in phrases deeper than this. */
const [LONGEST, DEEPEST] = [2000, 8];

/** Between the last of a list. */
const OR = " or ";
/** Before each of what is said of a change: what it was from and to, by whom, when. */
const CIRCUMSTANCE =
  /(?<! of| and) (?=(?:from|to|by|in the last|more than|since|after|before|on|during|between|at|today|this) )/u;

/** What it has become, if that is another. @param {string} own @param {string} text */
const other = (own, text) => (own === text ? undefined : own);

/** @param {[string, string][]} entries @returns {Group} The pattern that says most comes first. */
function group(entries) {
  const patterns = entries.map(([english, own]) => {
    const parts = english.split(/\$\d/u);
    return { parts, own, weight: english.length - 2 * parts.length };
  });
  return {
    whole: new Map(entries),
    patterns: patterns.filter(({ parts }) => parts.length > 1).sort((a, b) => b.weight - a.weight),
  };
}

/** What is filled in for these parts to be the text; null if that cannot be. @param {string[]} parts @param {string} text */
function between(parts, text) {
  const last = parts[parts.length - 1];
  const end = text.length - last.length;
  if (!text.startsWith(parts[0]) || !text.endsWith(last)) return null;
  const values = [];
  let at = parts[0].length;
  for (const part of parts.slice(1, -1)) {
    const next = text.indexOf(part, at + 1);
    if (next < 0 || next + part.length > end) return null;
    values.push(text.slice(at, next));
    at = next + part.length;
  }
  return at < end ? [...values, text.slice(at, end)] : null;
}

/** @param {string} text @param {RegExp} joint @returns {string[]} Its parts, with what joins them between; what is in brackets is one. */
function apart(text, joint) {
  const parts = [""];
  let depth = 0;
  for (const piece of text.split(joint)) {
    const isJoint = joint.test(piece) && depth === 0;
    if (isJoint) parts.push(piece, "");
    else parts[parts.length - 1] += piece;
    depth += piece.split(/[(“]/u).length - piece.split(/[)”]/u).length;
  }
  return parts;
}

/** Whether a text is Jira's although it stands where a text of ours can: a value to choose, a person. @param {any} whole @param {string} name @param {string} key */
const isTheirs = (whole, name, key) =>
  (name === "choices" && key === "label" && "value" in whole) ||
  (name === "concerns" && key === "name" && whole.role !== "");

/** One language's texts, and how a text of the backend is told with them. */
class Teller {
  #named;
  #all;
  #joints;

  /** @param {Record<string, Record<string, string>>} said */
  constructor(said) {
    this.#named = Object.fromEntries(APART.map((name) => [name, group(Object.entries(said[name]))]));
    const entries = Object.entries(said).filter(([name]) => !APART.includes(name));
    this.#all = group(entries.flatMap(([, texts]) => Object.entries(texts)));
    this.#joints = said.joints;
  }

  /** @param {Group} from @param {string} text @param {number} [depth] In how many others it is. @returns {string | undefined} */
  #match(from, text, depth = 0) {
    const whole = from.whole.get(text);
    if (whole !== undefined) return whole;
    for (const { parts, own } of from.patterns) {
      const values = between(parts, text);
      if (values) return own.replace(/([$&@%#])(\d)/gu, (_, how, at) => this.#filled(how, values[at - 1], depth + 1));
    }
    return undefined;
  }

  /** @param {string} text */
  #fits(text) {
    return this.#match(this.#all, text, DEEPEST) !== undefined;
  }

  /** @param {string} text */
  #value(text) {
    return this.#match(this.#named.values, text);
  }

  /** @param {string} text @param {string} [joint] @returns {string} */
  #list(text, joint = ", ") {
    const parts = text.split(joint).map((part) => this.#value(part) ?? (joint === OR ? part : this.#list(part, OR)));
    return parts.join(this.#joints[joint] ?? joint);
  }

  /** What is filled in, told as its template wants it. @param {string} how @param {string} text @param {number} depth @returns {string} */
  #filled(how, text, depth) {
    const { names, values, circumstances } = this.#named;
    const phrase = () => other(this.#told(text, depth), text);
    if (how === "&") return values.whole.get(text) ?? this.#list(text);
    if (how === "%") return phrase() ?? this.#value(text) ?? text;
    if (how === "@")
      return text
        .split(", ")
        .map((name) => names.whole.get(name) ?? name)
        .join(", ");
    if (how !== "#") return text;
    const told = (/** @type {string} */ part) =>
      this.#match(circumstances, part, depth) ?? other(this.#told(part, depth), part) ?? this.#list(part);
    return text.split(CIRCUMSTANCE).map(told).join(" ");
  }

  /** Phrases that are joined: a part that is none goes on with the one before it. @param {string} text @param {number} depth */
  #joined(text, depth) {
    const groups = [""];
    const [first, ...rest] = apart(text, /( and |(?<! on) or |, then |, )/u);
    groups[0] = first;
    for (let at = 0; at < rest.length; at += 2) {
      if (this.#fits(rest[at + 1])) groups.push(rest[at], rest[at + 1]);
      else groups[groups.length - 1] += rest[at] + rest[at + 1];
    }
    if (groups.length === 1 || !this.#fits(groups[0])) return undefined;
    const own = (/** @type {string} */ part) => this.#match(this.#all, part, depth) ?? part;
    return groups.map((part, at) => (at % 2 ? (this.#joints[part] ?? part) : own(part))).join("");
  }

  /** Sentences one behind the other; the shortest that are known first. @param {string} text @param {number} depth */
  #sentences(text, depth) {
    const parts = text.split(/(?<=[.?!]) (?=\S)/u);
    const own = [];
    for (let at = 0; at < parts.length; ) {
      let end = at + 1;
      let found;
      while (found === undefined && end <= Math.min(parts.length, at + DEEPEST))
        found = this.#match(this.#all, parts.slice(at, end++).join(" "), depth);
      own.push(found ?? parts[at]);
      at = found === undefined ? at + 1 : end - 1;
    }
    return own.join(" ");
  }

  /** @param {string} text @param {number} [depth] @returns {string} */
  #told(text, depth = 0) {
    if (depth > DEEPEST || text.length > LONGEST) return text;
    const phrases = /^[a-z(]/u.test(text) && !this.#all.whole.has(text) && this.#joined(text, depth);
    return phrases || this.#sentences(text, depth);
  }

  /** Changes an answer itself. @param {any} whole @param {string} name What it is in. */
  tell(whole, name) {
    const list = Array.isArray(whole);
    const { field } = whole;
    for (const [key, part] of Object.entries(whole)) {
      if (LEFT.has(key) || isTheirs(whole, name, key)) continue;
      if (part && typeof part === "object") this.tell(part, list ? name : key);
      if (typeof part !== "string") continue;
      const from = SHOWN.get(list ? name : key) ?? SHOWN.get(`${name}.${key}`);
      if (from !== undefined) whole[key] = from ? (this.#match(this.#named[from], part) ?? part) : this.#told(part);
      else if (field && name === "changes") whole[key] = this.#match(this.#named.rows, `${field}: ${part}`) ?? part;
    }
    return whole;
  }
}

/** @param {Record<string, Record<string, string>>} said The file. @returns {<T>(answer: T) => T} Changes the answer itself. */
export function translator(said) {
  const teller = new Teller(said);
  return (answer) => {
    try {
      return answer && typeof answer === "object" ? teller.tell(answer, "") : answer;
    } catch {
      return answer; // English is better than nothing
    }
  };
}
