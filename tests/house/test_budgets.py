"""Small modules, small functions, small templates. List pages have their query budgets beside their own tests."""

import ast

import pytest

from .source import ROOT, modules, path_of, templates

MODULE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 50, 120


@pytest.mark.parametrize("module", modules())
def test_modules_and_functions_stay_small(module):
    lines = len(path_of(module).read_text().splitlines())
    assert lines <= MODULE_LINES, f"{module} has {lines} lines: split it by noun"
    for node in ast.walk(modules()[module]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            assert length <= FUNCTION_LINES, f"{module}.{node.name} has {length} lines"


@pytest.mark.parametrize("path", templates(), ids=lambda p: str(p.relative_to(ROOT)))
def test_templates_stay_small(path):
    lines = len(path.read_text().splitlines())
    assert lines <= TEMPLATE_LINES, f"{lines} lines"
