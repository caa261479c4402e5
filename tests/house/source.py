"""The source files of the house, parsed once."""

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


def path_of(module: str) -> Path:
    base = ROOT.joinpath(*module.split("."))
    return base / "__init__.py" if base.is_dir() else base.with_suffix(".py")


@cache
def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))
