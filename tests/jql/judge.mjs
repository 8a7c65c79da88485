// Atlassian's own parser as a judge: reads a JSON array of queries, writes a JSON array of booleans (valid or not).
import { readFileSync } from "node:fs";
import atlassian from "@atlaskit/jql-parser";
import antlr from "antlr4ts";

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

/** @type {string[]} */
const queries = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(queries.map(valid)));
