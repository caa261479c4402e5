from datetime import date

import pytest
from django.core.exceptions import ValidationError

from afdelinger.models import Afdeling, Opgave, Pladser
from afdelinger.queries.afdelinger import afdelingsliste, tidligere_navne
from afdelinger.services import (
    close_afdeling,
    create_afdeling,
    delete_pladser,
    reopen_afdeling,
    save_pladser,
    update_afdeling,
)
from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError, fingerprint
from elevforloeb.core.periods import period
from tests.factories import TODAY, AfdelingFactory, MaalFactory, OpgaveFactory

NEW_YEAR = date(2028, 1, 1)
LAST_DAY = date(2028, 6, 30)


def rename(actor, afdeling, navn):
    return update_afdeling(actor, afdeling=afdeling, version=fingerprint(afdeling, ["navn"]), navn=navn)


def create(actor, navn="Jobcenter Åen", **felter):
    return create_afdeling(actor, navn=navn, kortnavn="Job", art="grund", fra=TODAY, beskrivelse="Job", **felter)


def test_a_new_department_gets_a_code_of_its_own(cast):
    codes = [create(cast.elevansvarlig).kode, create(cast.elevansvarlig).kode, create(cast.elevansvarlig, "Ny").kode]
    assert codes == ["jobcenter-aaen", "jobcenter-aaen-2", "ny-2"]


@pytest.mark.parametrize("navn", ["!!!", "日本", "x" * 120])
def test_any_name_gives_a_code(cast, navn):
    assert create(cast.elevansvarlig, navn).kode


def test_a_renamed_department_keeps_its_former_names(cast):
    afdeling = rename(cast.elevansvarlig, cast.oekonomi, "Økonomi")
    rename(cast.elevansvarlig, afdeling, "Økonomi og Personale")
    assert [navn for navn, _ in tidligere_navne(cast.oekonomi)] == ["Økonomi", "Økonomi og Analyse"]


def test_two_who_write_at_once_lose_no_text(cast):
    seen = fingerprint(cast.oekonomi, ["beskrivelse"])
    update_afdeling(cast.vejleder, afdeling=cast.oekonomi, version=seen, beskrivelse="Veras tekst")
    with pytest.raises(StaleError, match="Vera Vejleder har gemt en rettelse"):
        update_afdeling(cast.leder, afdeling=cast.oekonomi, version=seen, beskrivelse="Lis' tekst")
    assert Afdeling.objects.get(pk=cast.oekonomi.pk).beskrivelse == "Veras tekst"


def test_a_department_with_elever_after_the_day_cannot_close(cast):
    with pytest.raises(ValidationError, match="Der er elever i planen efter den dag"):
        close_afdeling(cast.elevansvarlig, afdeling=cast.oekonomi, sidste_dag=date(2027, 12, 1))
    assert Afdeling.objects.get(pk=cast.oekonomi.pk).sidste_dag is None


def test_two_departments_merge_into_one(cast):
    new, one, two = create(cast.elevansvarlig), AfdelingFactory(navn="En"), AfdelingFactory(navn="To")
    for afdeling in (one, two):
        close_afdeling(cast.elevansvarlig, afdeling=afdeling, sidste_dag=LAST_DAY, efterfoelger=new)
    assert list(new.forgaengere.order_by("navn")) == [one, two]
    assert [row.sidste_dag for row in one.pladser.all()] == [LAST_DAY]


def test_departments_cannot_replace_each_other_in_a_ring(cast):
    one, two = AfdelingFactory(), AfdelingFactory()
    close_afdeling(cast.elevansvarlig, afdeling=one, sidste_dag=LAST_DAY, efterfoelger=two)
    with pytest.raises(ValidationError) as error:
        close_afdeling(cast.elevansvarlig, afdeling=two, sidste_dag=date(2028, 5, 1), efterfoelger=one)
    assert "efterfoelger" in error.value.error_dict


def test_a_successor_must_be_open_afterwards(cast):
    closed = AfdelingFactory(periode=period(date(2020, 1, 1), date(2028, 1, 31)))
    with pytest.raises(ValidationError, match="lukker selv inden da"):
        close_afdeling(cast.elevansvarlig, afdeling=AfdelingFactory(), sidste_dag=LAST_DAY, efterfoelger=closed)


def test_a_closing_can_be_taken_back(cast):
    afdeling = AfdelingFactory()
    close_afdeling(cast.elevansvarlig, afdeling=afdeling, sidste_dag=LAST_DAY)
    afdeling.refresh_from_db()
    reopen_afdeling(cast.elevansvarlig, afdeling=afdeling)
    assert Afdeling.objects.get(pk=afdeling.pk).sidste_dag is None


def test_the_list_parts_the_years_and_the_past(cast):
    AfdelingFactory(navn="Speciale", art="speciale")
    AfdelingFactory(navn="Fortid", periode=period(date(2015, 1, 1), date(2020, 12, 31)))
    liste = afdelingsliste(Afdeling.objects.all())
    assert [afdeling.navn for afdeling in liste.grund] == ["Personale & Udvikling", "Økonomi og Analyse"]
    assert [afdeling.navn for afdeling in liste.speciale] == ["Speciale"]
    assert [afdeling.navn for afdeling in liste.tidligere] == ["Fortid"]
    assert liste.grund[1].pladser_nu == 3
    assert [rolle.bruger for rolle in liste.grund[1].elevvejledere] == [cast.vejleder]


@pytest.mark.parametrize("q", ["oekonomi", "ØKONOMI", "afstemme", "analyse"])
def test_the_search_finds_names_and_tasks_in_danish(cast, q):
    liste = afdelingsliste(Afdeling.objects.all(), q)
    assert [afdeling.navn for afdeling in liste.grund] == ["Økonomi og Analyse"]


# --- Places -----------------------------------------------------------------------------------------------------
def test_overlapping_places_are_refused_with_what_is_in_the_way(cast):
    with pytest.raises(ValidationError, match="Der er allerede 3 pladser fra 1. januar 2020"):
        save_pladser(cast.elevansvarlig, pladser=Pladser(afdeling=cast.oekonomi), antal=4, fra=NEW_YEAR)


def test_places_that_elever_need_cannot_be_taken_away(cast):
    with pytest.raises(ValidationError, match="har 1 elever på 0 pladser den 1. september 2027"):
        save_pladser(cast.elevansvarlig, pladser=cast.oekonomi.pladser.get(), antal=0, fra=date(2020, 1, 1))
    with pytest.raises(ValidationError, match="har 1 elever på 0 pladser"):
        delete_pladser(cast.elevansvarlig, pladser=cast.oekonomi.pladser.get())
    assert cast.oekonomi.pladser.get().antal == 3


def test_the_number_changes_from_a_day_on(cast):
    afdeling = AfdelingFactory()
    row = afdeling.pladser.get()
    save_pladser(cast.elevansvarlig, pladser=row, antal=3, fra=row.startdato, sidste_dag=date(2027, 12, 31))
    save_pladser(cast.elevansvarlig, pladser=Pladser(afdeling=afdeling), antal=5, fra=NEW_YEAR, kilde="Direktionen")
    assert list(afdeling.pladser.values_list("antal", flat=True)) == [3, 5]
    assert audit.history(afdeling).first().tekst == "Nyt antal pladser: 5, fra 1. januar 2028"


# --- Tasks and goals ---------------------------------------------------------------------------------------------
def test_opgave_filter_counts_only_the_current_goals(cast):
    from afdelinger.queries.afdelinger import opgaveoversigt

    goal = MaalFactory(kode="BUD")
    cast.opgave.maal.add(goal)
    OpgaveFactory(afdeling=cast.oekonomi)
    overview = opgaveoversigt(cast.oekonomi, "BUD")
    assert (overview.i_alt, overview.vist, overview.maal) == (2, 1, [(goal, 1)])
    assert Opgave.objects.count() == 2
