"""Imports look down only, and from another app only its public modules (README, "The floors")."""

import ast

import pytest

from .source import findings, modules, nodes, path_of

# Room -> floor. The longest prefix of a module's name is its room.
FLOORS = {
    "elevforloeb.project": 4,
    "rekruttering": 3,
    "evaluering": 3,
    "skoleophold": 3,
    "elevforloeb": 2,
    "afdelinger": 1,
    "elevforloeb.core": 0,
}
# What another app may import. guards holds the role decorator, which every view of every floor needs.
# demo makes rows of its own app for the demo of the whole.
PUBLIC = {"models", "services", "queries", "permissions", "guards", "demo"}
# The front page of a role is a page of a lower floor that the roof shows at /; the calendar is made of all feeds.
PUBLIC_TO_THE_ROOF = {"views", "feed"}
# Django-free arithmetic is public too: it has no state to reach around.
PURE = {"rotation", "planregler", "plandiff", "belaegning", "proevetid", "forloeb", "fordeling", "tegn"}


def room(module: str) -> str:
    fits = [name for name in FLOORS if module == name or module.startswith(name + ".")]
    return max(fits, key=len) if fits else ""


def imports(module: str, tree: ast.Module):
    package = module.split(".") if path_of(module).name == "__init__.py" else module.split(".")[:-1]
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            target = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((f"{target}.{alias.name}", node.lineno) for alias in node.names)


def violations(module: str, tree: ast.Module):
    home = room(module)
    for target, line in imports(module, tree):
        other = room(target)
        if not other or other == home:
            continue
        if FLOORS[other] >= FLOORS[home]:
            yield f"{module}:{line} imports {target}: up or sideways"
        first = target.removeprefix(other).lstrip(".").split(".")[0]
        public = PUBLIC | PURE | (PUBLIC_TO_THE_ROOF if home == "elevforloeb.project" else set())
        if other != "elevforloeb.core" and first not in public:
            yield f"{module}:{line} imports {target}: not a public module"


def test_imports_look_down_and_only_at_public_modules():
    assert findings(violations, modules()) == {}


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("afdelinger.services", "from elevforloeb.models import Elev"),
        ("evaluering.models", "from skoleophold.models import Fag"),
        ("elevforloeb.core.dates", "from afdelinger.models import Bruger"),
        ("elevforloeb.services", "from afdelinger.forms import AfdelingForm"),
        ("elevforloeb.services", "from elevforloeb.project import health"),
    ],
)
def test_the_check_sees_a_forbidden_import(module, line):
    assert list(violations(module, ast.parse(line)))


@pytest.mark.parametrize("name", sorted(PURE))
def test_pure_arithmetic_imports_no_django(name):
    homes = [f"{app}.{name}" for app in FLOORS]
    trees = {
        module: tree for module, tree in modules().items() for home in homes if f"{module}.".startswith(f"{home}.")
    }
    assert trees, f"{name} is gone: take it out of PURE"
    found = [(module, t) for module, tree in trees.items() for t, _ in imports(module, tree) if t.startswith("django")]
    assert found == []


def test_no_signals_between_our_apps():
    users = [
        m for m, tree in modules().items() if any(t.startswith("django.db.models.signals") for t, _ in imports(m, tree))
    ]
    assert users == []


def test_one_clock():
    """Only core.dates asks what day it is; DEMO_DATE would otherwise move half the house."""
    asks = {"today", "localdate"}
    offenders = [
        f"{module}:{node.lineno}"
        for module, tree in modules().items()
        if module != "elevforloeb.core.dates"
        for node in nodes(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in asks
        and not node.args  # localdate(moment) asks no clock
        and getattr(node.func.value, "id", "") in {"date", "datetime", "timezone"}
    ]
    assert offenders == []


def test_jobs_are_rung_after_the_commit_only():
    """`.delay(` inside a transaction reaches a worker before the row is there."""
    offenders = [
        f"{module}:{node.lineno}"
        for module, tree in modules().items()
        for node in nodes(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"delay", "apply_async"}
    ]
    assert offenders == []
