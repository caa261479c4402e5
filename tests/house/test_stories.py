"""`make hurtig` leaves out what tests/stories_plugin.py names: each of them is there."""

import pytest

from tests.stories_plugin import STORIES

from .source import ROOT


@pytest.mark.parametrize("place", STORIES)
def test_a_story_that_is_left_out_by_name_is_there(place):
    file, _, name = place.partition("::")
    path = ROOT / "tests" / file
    assert any(path.glob("test_*.py")) if path.is_dir() else f"\ndef {name}" in path.read_text()
