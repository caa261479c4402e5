import pytest


@pytest.fixture(autouse=True)
def today():
    """These tests live in real time, with the processes that they start."""
