"""The way of a declaration: written by two, read by the elev, signed, sealed and sent."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from elevforloeb.core import prints, seal
from elevforloeb.core.errors import StaleError
from elevforloeb.core.models import Dokument, Dokumentfil, Regel
from evaluering.models import Oplaeringserklaering
from evaluering.models.skema import Part
from evaluering.queries.grundlag import get_grundlag
from evaluering.services import erklaering as services
from evaluering.services.vejen import open_talk
from tests.cast import Cast
from tests.evaluering.test_dokumentsider import past_the_guard
from tests.evaluering_steps import acknowledge, begun, fill_in, sealed
from tests.factories import ElevFactory, ErklaeringFactory

S = Oplaeringserklaering.Status
TEXT = {"arbejdsomraader": "Ny tekst", "behov_skole": "", "behov_oplaering": ""}


@pytest.fixture
def draft(cast) -> Oplaeringserklaering:
    return ErklaeringFactory(elev=cast.aase, skole=cast.skole)


def to_elev(cast: Cast, row) -> Oplaeringserklaering:
    services.send_to_elev(cast.elevansvarlig, erklaering=row, version=row.version)
    row.refresh_from_db()
    return row


def seen(cast: Cast, row, bemaerkning="") -> Oplaeringserklaering:
    to_elev(cast, row)
    services.acknowledge(cast.aase.bruger, erklaering=row, version=row.version, bemaerkning=bemaerkning)
    row.refresh_from_db()
    return row


def test_the_whole_way_ends_with_a_sealed_text_that_names_everybody(cast, draft):
    row = seen(cast, draft, "Jeg vil gerne lære mere om budget.")
    signed = services.sign(cast.elevansvarlig, erklaering=row, version=row.version)
    services.mark_sent(cast.elevansvarlig, erklaering=row, sendt=signed.underskrevet.date(), hvordan="Sikker mail")
    row.refresh_from_db()
    assert (row.status, row.sendt_hvordan) == (S.SENDT, "Sikker mail")
    text = seal.content(row.dokument)
    assert (text["elev"], text["underskrevet_af"]) == ("Åse Ærlig", "Else Ansvarlig")
    assert text["elev_bemaerkning"] == "Jeg vil gerne lære mere om budget."
    assert seal.verify(row.dokument) == []


def test_a_row_that_differs_from_its_sealed_text_is_found(cast, draft):
    row = seen(cast, draft)
    services.sign(cast.elevansvarlig, erklaering=row, version=row.version)
    past_the_guard("update evaluering_oplaeringserklaering set behov_skole = 'Noget andet'")
    assert len(seal.verify(Dokument.objects.get())) == 1


def test_the_pdf_is_made_of_the_sealed_text_by_the_printer(cast, draft):
    row = seen(cast, draft)
    services.sign(cast.elevansvarlig, erklaering=row, version=row.version)
    prints.print_missing()
    pdf = bytes(Dokumentfil.objects.get(dokument__person=cast.aase.bruger).pdf)
    assert pdf.startswith(b"%PDF")


def test_the_page_hands_out_the_pdf_that_was_kept_and_makes_none_itself(cast, draft, as_user, monkeypatch):
    signed = services.sign(cast.elevansvarlig, erklaering=to_elev(cast, draft), version=2, grund="Ferie")
    monkeypatch.setitem(prints.PRINTERS, services.KIND, None)  # whoever made one here would fall over it
    client, url = as_user(cast.aase.bruger), reverse("erklaering_pdf", args=[signed.pk])
    answer = client.get(url)
    assert answer.status_code == 503 and "PDF'en er på vej" in answer.text
    seal.store_pdf(signed.dokument, b"%PDF-1.7 gemt")
    answer = client.get(url)
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.7 gemt", "application/pdf")


def test_two_who_write_at_once_lose_nothing(cast, draft, as_user):
    services.save_text(cast.vejleder, erklaering=draft, version=1, **TEXT | {"arbejdsomraader": "Veras tekst"})
    url = reverse("erklaering", args=[draft.pk])
    answer = as_user(cast.elevansvarlig).post(url, TEXT | {"arbejdsomraader": "Elses tekst", "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Veras tekst" in page and "Elses tekst" in page
    assert "Vera Vejleder" in page


def test_after_the_conflict_the_next_save_counts(cast, draft, as_user):
    services.save_text(cast.vejleder, erklaering=draft, version=1, **TEXT | {"arbejdsomraader": "Veras tekst"})
    url = reverse("erklaering", args=[draft.pk])
    client = as_user(cast.elevansvarlig)
    form = client.post(url, TEXT | {"version": 1}).context["form"]
    assert client.post(url, TEXT | {"version": form.data["version"]}).status_code == 302
    draft.refresh_from_db()
    assert draft.arbejdsomraader == "Ny tekst"


def test_nobody_signs_another_text_than_the_one_read(cast, draft):
    row = seen(cast, draft)
    services.take_back(cast.elevansvarlig, erklaering=row)
    with pytest.raises(StaleError):
        services.sign(cast.elevansvarlig, erklaering=row, version=row.version)
    assert not Dokument.objects.exists()


def test_what_is_corrected_after_the_elev_has_read_it_is_read_by_her_again(cast, draft):
    row = seen(cast, draft, "Jeg mangler noget")
    services.take_back(cast.elevansvarlig, erklaering=row)
    row.refresh_from_db()
    assert (row.status, row.elev_set, row.elev_bemaerkning) == (S.KLADDE, None, "Jeg mangler noget")


def test_signed_without_the_elev_it_says_why(cast, draft):
    row = to_elev(cast, draft)
    with pytest.raises(ValidationError, match="hvorfor"):
        services.sign(cast.elevansvarlig, erklaering=row, version=row.version)
    services.sign(cast.elevansvarlig, erklaering=row, version=row.version, grund="Kunne ikke træffes")
    assert json.loads(Dokument.objects.get().indhold)["indhold"]["ikke_set_grund"] == "Kunne ikke træffes"


def test_where_the_elev_signs_too_there_is_no_way_around_her(cast, draft):
    Regel.objects.filter(noegle="erklaering_elev_underskriver").update(vaerdi=1)
    row = to_elev(cast, draft)
    with pytest.raises(ValidationError, match="Vent på eleven"):
        services.sign(cast.elevansvarlig, erklaering=row, version=row.version, grund="Ferie")


def test_an_empty_one_is_not_sent_to_the_elev(cast, draft):
    Oplaeringserklaering.objects.update(arbejdsomraader=" ")
    with pytest.raises(ValidationError, match="arbejdsområder"):
        services.send_to_elev(cast.elevansvarlig, erklaering=draft, version=1)


def test_the_elev_sees_no_draft_and_the_next_department_nothing(cast, draft, as_user):
    url = reverse("erklaering", args=[draft.pk])
    assert as_user(cast.aase.bruger).get(url).status_code == 404
    assert as_user(cast.anden_vejleder).get(url).status_code == 404
    assert as_user(cast.vejleder).get(url).status_code == 200
    to_elev(cast, draft)
    assert as_user(cast.aase.bruger).get(url).status_code == 200


def test_the_elevvejleder_does_not_sign(cast, draft, as_user):
    row = seen(cast, draft)
    page = as_user(cast.vejleder).get(reverse("erklaering", args=[row.pk])).content.decode()
    assert "Hent den tilbage" in page and "Skriv under" not in page


def test_levels_and_agreements_of_a_sealed_evaluation_are_in_the_basis(cast, scene):
    scene(sealed)
    basis = get_grundlag(cast.aase, cast.ophold.span)
    assert [(task.navn, task.niveau) for task in basis.ophold[0].opgaver] == [("Afstemme konti", "Rutineret")]
    assert basis.fokus == ("Ord fra faelles om Fælles konklusion",)


def test_an_answer_that_was_never_shared_is_in_no_basis(cast, scene):
    evaluering = scene(begun)
    fill_in(cast.vejleder, evaluering)
    evaluering = open_talk(cast.vejleder, evaluering=evaluering)  # she has written, but not shared
    fill_in(cast.vejleder, evaluering, Part.FAELLES)
    for party in (cast.vejleder, cast.aase.bruger):
        evaluering = acknowledge(party, evaluering)
    assert evaluering.status == "forseglet"
    assert get_grundlag(cast.aase, cast.ophold.span).ophold[0].opgaver == ()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_1_and_for_3(cast, as_user, django_assert_num_queries, count):
    for _ in range(count):
        ErklaeringFactory(elev=ElevFactory(hold=cast.aase.hold))
    client = as_user(cast.elevansvarlig)
    with django_assert_num_queries(7):
        assert client.get(reverse("erklaeringer")).status_code == 200
