import pytest
from django.db import transaction

from .matrix import BY_OBJECT, MATRIX
from .stage import Stage


def pytest_collection_modifyitems(items):
    """All that is asked of the pages of one object stands together: it is made once, not once for each question."""
    places = [place for place, item in enumerate(items) if item.path.name == "test_access.py"]
    pages = sorted((items[place] for place in places), key=_object)
    for place, item in zip(places, pages, strict=True):
        items[place] = item


def _object(item) -> int:
    params = item.callspec.params if hasattr(item, "callspec") else {}
    return BY_OBJECT.index(params["name"]) if "name" in params else -1


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker, written_cast):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Stage(written_cast)
        transaction.set_rollback(True)


@pytest.fixture
def kwargs(stage, name):
    """Of the page `name`. A test takes this before `db`, so that the object is still there for the next test."""
    return stage.set(MATRIX[name].kwargs)
