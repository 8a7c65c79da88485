// Atlassian's own parser as a judge. Reads a JSON array of queries; writes a JSON array of booleans (valid or not), or, with
// the argument `parts`, for each query what it consists of in the order written (null where it is not valid).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import atlassian from "@atlaskit/jql-parser";
import antlr from "antlr4ts";

const { JastBuilder } = createRequire(import.meta.url)("@atlaskit/jql-ast");

/**
 * @param {string} query
 * @returns {boolean}
 */
function valid(query) {
  let errors = 0;
  const listener = {
    syntaxError: () => {
      errors += 1;
    },
  };
  const lexer = new atlassian.JQLLexer(antlr.CharStreams.fromString(query));
  lexer.removeErrorListeners();
  const parser = new atlassian.JQLParser(new antlr.CommonTokenStream(lexer));
  parser.removeErrorListeners();
  parser.addErrorListener(listener);
  parser.jqlQuery();
  return errors === 0;
}

const CONTROL = { t: "\t", n: "\n", r: "\r" };

/**
 * What a word or a quoted text stands for. (The package's own values leave `\n` and `\u0041` as `n` and `u0041`.)
 * @param {string} lexeme
 */
const meant = (lexeme) =>
  lexeme.replace(/^(["'])(.*)\1$/su, "$2").replace(/\\(?:u([0-9a-f]{4})|(.))/gisu, (_, code, character) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return CONTROL[/** @type {keyof typeof CONTROL} */ (character)] ?? character;
  });

/** @typedef {[kind: string, text: string]} Part */

/** @param {any} field @returns {Part[]} */
const ofField = (field) => [
  ["field", field.properties?.length > 0 ? field.text : meant(field.text)],
  ...(field.properties ?? []).map((/** @type {any} */ property) => ["property", meant(property.key.text)]),
];

/** @param {any} operand @returns {Part[]} */
function ofOperand(operand) {
  switch (operand?.operandType) {
    case undefined:
      return [];
    case "value":
      return [["value", meant(operand.text)]];
    case "keyword":
      return [["empty", ""]];
    case "function":
      return [
        ["function", meant(operand.function.text)],
        ...operand.arguments.map((/** @type {any} */ argument) => ["argument", meant(argument.text)]),
      ];
    default:
      return [["list", ""], ...operand.values.flatMap(ofOperand), ["end", ""]];
  }
}

/** @param {any} clause @returns {Part[]} */
function ofClause(clause) {
  if (clause.clauseType === "compound")
    return [[clause.operator.value, ""], ...clause.clauses.flatMap(ofClause), ["end", ""]];
  if (clause.clauseType === "not") return [["not", ""], ...ofClause(clause.clause)];
  return [
    ...ofField(clause.field),
    ["operator", clause.operator.value],
    ...ofOperand(clause.operand),
    ...clause.predicates.flatMap((/** @type {any} */ each) => [
      ["predicate", each.operator.value],
      ...ofOperand(each.operand),
    ]),
  ];
}

/**
 * @param {string} query
 * @returns {Part[] | null}
 */
function parts(query) {
  const { query: tree, errors } = new JastBuilder().build(query);
  if (errors.length > 0 || !tree) return null;
  return [
    ...(tree.where ? ofClause(tree.where) : []),
    ...(tree.orderBy?.fields ?? []).flatMap((/** @type {any} */ each) => [
      ["order", meant(each.field.text)],
      ["direction", each.direction?.value ?? ""],
    ]),
  ];
}

/** @type {string[]} */
const queries = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(process.argv[2] === "parts" ? queries.map(parts) : queries.map(valid)));
