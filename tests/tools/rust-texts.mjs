/*
 * The texts in Rust sources: what a person can come to see stands there as string literals and as templates of `format!`. A reader of
 * just that much Rust, so that tests can hold translations against it.
 */

/**
 * A literal, and its place; `before`: what stands before it in its line.
 * @typedef {{ text: string, line: number, before: string }} Literal
 */

const ESCAPES = /** @type {Record<string, string>} */ ({
  n: "\n",
  r: "\r",
  t: "\t",
  0: "\0",
  "\\": "\\",
  "'": "'",
  '"': '"',
});

/** What stands for what a template fills in: `$1`, `$2` … in their order; `{{` is a brace. @param {string} text */
function withBlanks(text) {
  let count = 0;
  return text.replace(/\{\{|\}\}|\{[\w.*]*(?::[^{}]*)?\}/gu, (found) => {
    if (found === "{{" || found === "}}") return found.charAt(0);
    count += 1;
    return `$${count}`;
  });
}

/** @param {string} raw what stands between the quotes */
function unescaped(raw) {
  return raw
    .replace(/\\\r?\n\s*/gu, "")
    .replace(/\\(?:u\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{2})|([nrt0\\'"]))/gu, (_, long, short, letter) =>
      letter === undefined ? String.fromCodePoint(Number.parseInt(long ?? short, 16)) : (ESCAPES[letter] ?? letter),
    );
}

/** Comments, attributes, letters in single quotes, and strings: whichever comes first. */
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|#!?\[(?:[^\]"]|"(?:[^"\\]|\\[\s\S])*")*\]|b?'(?:\\[^']+|[^\\'])'|(b?)r(#*)"([\s\S]*?)"\2(?!#)|(b?)"((?:[^"\\]|\\[\s\S])*)"/gu;

/**
 * All string literals of a source but those in comments, attributes and its tests; bytes are none.
 * @param {string} source @returns {Literal[]}
 */
export function literals(source) {
  const [text = ""] = source.split(/^#\[cfg\(test\)\]\s*\n(?:#\[[^\n]*\n)*\s*mod tests \{/mu);
  return [...text.matchAll(TOKEN)].flatMap((match) => {
    const [, rawBytes, , raw, bytes, plain] = match;
    const value = raw ?? (plain === undefined ? undefined : unescaped(plain));
    if (value === undefined || rawBytes || bytes) return [];
    const line = text.slice(0, match.index).split("\n");
    return [{ text: withBlanks(value), line: line.length, before: line.at(-1) ?? "" }];
  });
}
