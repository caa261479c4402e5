"""Two minutes of the evening of the deadline: tests/kaos/test_fristaften.py with fewer people, at the same pace."""

import json
import os
import subprocess
import sys

from .table import Line

TEST = "tests/kaos/test_fristaften.py"
MISSING = {"p95": None}


def evening_lines(environment: dict) -> list[Line]:
    """The test makes a database of its own beside the one that is named, and drops it again."""
    argv = [sys.executable, "-m", "pytest", TEST, "-n", "0", "-s", "-q", "-p", "no:cacheprovider", "--create-db"]
    env = {name: value for name, value in os.environ.items() if name != "BENCH_KRAV"} | environment | {"KAOS": "bench"}
    done = subprocess.run(argv, env=env, capture_output=True, text=True, timeout=600)  # noqa: S603 - nothing is typed
    if done.returncode:
        print(done.stdout[-3000:], done.stderr[-3000:], file=sys.stderr)  # a line that says "not measured" is no reason
        return lines({})
    return lines(told(done.stdout))


def told(output: str) -> dict:
    """The line of figures; nothing when it is not there."""
    start = output.find("{")
    return json.JSONDecoder().raw_decode(output[start:])[0] if start >= 0 else {}


def lines(found: dict) -> list[Line]:
    head = f"Fristaften, {found.get('ansoegere', 40)} ansøgere på to minutter"
    p95 = {what: found.get(what, MISSING)["p95"] for what in ("sider", "trin", "filer")}
    return [
        Line(f"{head}: sider, p95, sek.", p95["sider"], 1),
        Line(f"{'':<30}  gem et trin, p95, sek.", p95["trin"], 1),
        Line(f"{'':<30}  fil på 5 MB, p95, sek.", p95["filer"]),
        Line(f"{'':<30}  web-processer vokset, MB", found.get("mb", {}).get("vokset"), 100),
    ]
