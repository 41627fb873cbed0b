"""Modules and functions stay small enough to be read in one go."""

import ast

from tests.architecture.sources import ROOT, files, parsed

LINES_OF_A_FILE = 400
LINES_OF_A_TEST_FILE = 600  # tables of cases are long, and read a row at a time
LINES_OF_A_FUNCTION = 50


def test_no_file_is_too_long() -> None:
    long = {}
    for path in files():
        place, lines = path.relative_to(ROOT), len(path.read_text("utf-8").splitlines())
        if lines > (LINES_OF_A_TEST_FILE if place.parts[0] == "tests" else LINES_OF_A_FILE):
            long[str(place)] = lines
    assert long == {}


def test_no_function_is_too_long() -> None:
    long = {}
    for path in files():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LINES_OF_A_FUNCTION:
                    long[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = lines
    assert long == {}
