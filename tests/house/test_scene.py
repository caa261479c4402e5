"""A scene (tests/scene.py) is what its function makes, also when the test has been at the cast first."""

from afdelinger.models import Bruger
from tests.cast import read_tables
from tests.evaluering_steps import sealed

from .stage import undone


def counts() -> dict[str, int]:
    return {model._meta.label: len(rows) for model, rows in read_tables().items() if rows}


def test_it_leaves_as_many_rows_in_every_table_as_making_it(cast, scene):
    before = counts()
    with undone():
        sealed(cast)
        made = counts()
    scene(sealed)
    assert counts() == made != before


def sealed_by_name(cast) -> str:
    return sealed(cast).elev.bruger.navn


def test_what_the_test_has_changed_before_is_not_in_it_and_stays(cast, scene):
    Bruger.objects.filter(pk=cast.aase.bruger_id).update(navn="Gift Ærlig")
    assert scene(sealed_by_name) == "Åse Ærlig"
    assert Bruger.objects.get(pk=cast.aase.bruger_id).navn == "Gift Ærlig"
