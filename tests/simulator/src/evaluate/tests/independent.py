"""Asks the independent evaluator: a JSON list of queries in, for each of them its keys, or the sentence of its refusal, out."""
import importlib.util
import json
import sys

spec = importlib.util.spec_from_file_location("jql_eval", sys.argv[1])
jql_eval = importlib.util.module_from_spec(spec)
sys.modules["jql_eval"] = jql_eval
spec.loader.exec_module(jql_eval)


def answer(engine, jql):
    try:
        return {"keys": engine.search(jql)}
    except jql_eval.JqlError as error:
        return {"error": f"{type(error).__name__}: {error}"}


asked = json.load(sys.stdin)
engine = jql_eval.Engine(asked["site"], asked["issues"])
json.dump([answer(engine, jql) for jql in asked["queries"]], sys.stdout)
