"""What an installation can set is written down: once in the README's table, and in .env.example."""

import re
from collections import Counter

import pytest

from .source import ROOT

READ = re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', (ROOT / "elevforloeb/project/settings.py").read_text())
NAMES = sorted({*READ, "OWNER_DATABASE_URL"})  # the last one is read by deploy/klargoer.sh alone
README = (ROOT / "README.md").read_text()
TABLE = README.partition("## Configuration")[2].partition("\n## ")[0]
EXAMPLE = (ROOT / ".env.example").read_text()


def in_the_table() -> Counter:
    rows = [line.split("|")[1] for line in TABLE.splitlines() if line.startswith("| `")]
    return Counter(name for row in rows for name in re.findall(r"`([A-Z_]+)`", row))


def test_the_settings_read_something():
    assert len(NAMES) > 25 and "SECRET_KEY" in NAMES


def test_the_table_of_the_readme_has_each_name_once_and_no_other():
    assert in_the_table() == Counter(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_example_has_the_name_with_a_value_or_as_a_comment(name):
    assert len(re.findall(rf"^#?{name}=", EXAMPLE, re.MULTILINE)) == 1
