"""Small modules, small functions, small templates. List pages have their query budgets beside their own tests."""

import ast

from .source import APPS, findings, modules, nodes, path_of, templates

MODULE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 50, 120


def long_functions(module: str, tree: ast.Module):
    for node in nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield node.name, lines


def test_there_is_a_house_to_look_at():
    """Without files every rule about all files would hold."""
    assert {module.split(".")[0] for module in modules()} == set(APPS)
    assert {path.split("/")[0] for path in templates()} >= set(APPS)
    assert len(modules()) > 400 and len(templates()) > 300


def test_modules_stay_small():
    lines = {module: len(path_of(module).read_text().splitlines()) for module in modules()}
    assert {module: count for module, count in lines.items() if count > MODULE_LINES} == {}, "split them by noun"


def test_functions_stay_small():
    assert findings(long_functions, modules()) == {}


def test_templates_stay_small():
    lines = {path: len(text.splitlines()) for path, text in templates().items()}
    assert {path: count for path, count in lines.items() if count > TEMPLATE_LINES} == {}
