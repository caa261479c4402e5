import pytest
from django.db import transaction

from .matrix import MATRIX
from .stage import Stage


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker, written_cast):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Stage(written_cast)
        transaction.set_rollback(True)


@pytest.fixture
def kwargs(stage, name):
    """Of the page `name`. A test takes this before `db`, so that the object is still there for the next test."""
    return stage.set(MATRIX[name].kwargs)
