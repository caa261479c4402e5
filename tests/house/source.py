"""The source files of the house, read and parsed once: a rule says of each file what breaks it."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ["elevforloeb", "afdelinger", "evaluering", "skoleophold", "rekruttering"]


@cache
def modules() -> dict[str, ast.Module]:
    """Dotted name -> syntax tree of every module of ours but the migrations."""
    found = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" in parts or "__pycache__" in parts:
                continue
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = ast.parse(path.read_text())
    return found


@cache
def nodes(tree: ast.Module) -> list[ast.AST]:
    """All of a syntax tree: walking through it takes as long as parsing, and every rule wants to."""
    return list(ast.walk(tree))


def path_of(module: str) -> Path:
    base = ROOT.joinpath(*module.split("."))
    return base / "__init__.py" if base.is_dir() else base.with_suffix(".py")


@cache
def templates() -> dict[str, str]:
    """Path below templates/ -> text of every template."""
    folder = ROOT / "templates"
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.html"))}


def findings(find, files: dict) -> dict:
    """`find(name, content)` gives what is wrong with one file; the files with nothing wrong are left out."""
    found = {name: list(find(name, content)) for name, content in files.items()}
    return {name: wrong for name, wrong in found.items() if wrong}
