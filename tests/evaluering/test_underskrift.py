"""Signatures: what was read is what is signed, the first locks, the last seals, and a correction points back."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from elevforloeb.core.models import Dokument, Haendelse
from evaluering.models import Evaluering, Underskrift
from evaluering.models.skema import Part
from evaluering.permissions import can_sign
from evaluering.queries.tekst import content, fingerprint
from evaluering.services.underskrift import correct, sign, sign_for
from tests.cast import person
from tests.evaluering_steps import (
    acknowledge,
    agreed,
    begun,
    half_signed,
    make_skema,
    opened,
    sealed,
    shared,
    words,
    write,
)

S = Evaluering.Status


def answer(text: dict, spoergsmaal: str) -> dict:
    (found,) = [each for part in text["afsnit"] for each in part["punkter"] if each["tekst"] == spoergsmaal]
    return found["svar"]


def test_the_text_holds_the_answers_in_words_and_the_names(cast):
    text = content(agreed(cast))
    assert answer(text, "Initiativ")["elev"]["trin"]["navn"] == "Rutineret"
    assert answer(text, "Fælles konklusion")["faelles"]["tekst"].startswith("Ord fra faelles")
    assert [(each["part"], each["navn"]) for each in text["parter"]] == [
        ("elev", "Åse Ærlig"), ("elevvejleder", "Vera Vejleder"),
    ]  # fmt: skip
    assert text["ophold"] == {"startdato": "2027-09-01", "sidste_dag": "2027-12-31"}


def test_what_is_not_shared_is_not_in_the_text(cast, scene):
    evaluering = scene(begun)
    write(cast.aase.bruger, evaluering, "Hemmeligt")
    assert "Hemmeligt" not in json.dumps(content(evaluering))
    assert "Hemmeligt" not in json.dumps(content(opened(cast, art="midtvejs")))


def test_the_first_signature_locks_and_the_last_one_seals(cast):
    evaluering = acknowledge(cast.vejleder, agreed(cast))
    assert evaluering.status == S.LAAST
    assert not Dokument.objects.exists()
    evaluering = acknowledge(cast.aase.bruger, evaluering, "Jeg er ikke helt enig")
    assert evaluering.status == S.FORSEGLET
    dokument = Dokument.objects.get()
    assert (dokument.person, evaluering.dokument) == (cast.aase.bruger, dokument)
    indhold = json.loads(dokument.indhold)["indhold"]
    signatures = indhold.pop("underskrifter")
    assert indhold == content(evaluering)
    assert [(each["navn"], each["bemaerkning"]) for each in signatures] == [
        ("Vera Vejleder", ""), ("Åse Ærlig", "Jeg er ikke helt enig"),
    ]  # fmt: skip
    assert {each["sha256"] for each in signatures} == {fingerprint(evaluering)}


def test_a_second_click_is_the_same_signature(cast, scene):
    evaluering = scene(agreed)
    sha256 = fingerprint(evaluering)
    for _ in range(2):
        assert sign(cast.vejleder, evaluering=evaluering, sha256=sha256).status == S.LAAST
    assert Underskrift.objects.count() == 1
    for _ in range(2):
        assert sign(cast.aase.bruger, evaluering=evaluering, sha256=sha256).status == S.FORSEGLET
    assert Dokument.objects.count() == 1


def test_a_text_that_has_changed_since_it_was_read_is_not_signed(cast, scene):
    evaluering = scene(agreed)
    read = fingerprint(evaluering)
    write(cast.vejleder, evaluering, "Mere", part=Part.FAELLES)
    with pytest.raises(ValidationError, match="ændret, siden du læste den"):
        sign(cast.aase.bruger, evaluering=evaluering, sha256=read)
    assert not Underskrift.objects.exists()


def test_the_joint_part_is_written_before_anybody_signs(cast):
    with pytest.raises(ValidationError, match="Svar på “Fælles konklusion”"):
        acknowledge(cast.vejleder, shared(cast))


def test_a_new_name_between_the_signatures_does_not_change_the_text(cast, scene):
    evaluering = scene(half_signed)
    before = fingerprint(evaluering)
    cast.aase.bruger.navn = "Åse Nygift"
    cast.aase.bruger.save()
    evaluering = acknowledge(cast.aase.bruger, evaluering)
    assert fingerprint(evaluering) == before
    assert Underskrift.objects.get(part="elev").navn == "Åse Nygift"


def test_a_substitute_signs_and_says_for_whom(cast):
    colleague = person("Kim Kollega", "elevvejleder", cast.oekonomi)
    evaluering = acknowledge(colleague, agreed(cast))
    row = Underskrift.objects.get()
    assert (row.navn, row.vikar_for) == ("Kim Kollega", "Vera Vejleder")
    with pytest.raises(ValidationError, match="kun kvitteres én gang"):
        acknowledge(cast.vejleder, evaluering)


@pytest.mark.parametrize("name", ["leder", "elevansvarlig", "anden_vejleder", "fremmed"])
def test_who_is_no_party_cannot_sign(cast, name):
    with pytest.raises(ValidationError, match="Kun dem, der holdt samtalen"):
        acknowledge(getattr(cast, name), agreed(cast))


def test_the_elevansvarlig_signs_where_the_form_says_so(cast):
    make_skema("proevetid", med_elevansvarlig=True)
    evaluering = sealed(cast, art="proevetid")
    assert evaluering.status == S.LAAST
    assert acknowledge(cast.elevansvarlig, evaluering).status == S.FORSEGLET


@pytest.fixture
def both(cast):
    """Who is elevansvarlig and elevvejleder of the department."""
    one = person("Bodil Begge", "elevvejleder", cast.oekonomi)
    one.rolletildelinger.create(rolle="elevansvarlig", periode=cast.ophold.periode)
    make_skema("proevetid", med_elevansvarlig=True)
    return one


def test_who_is_two_parties_signs_for_both_one_after_the_other(cast, both, as_user):
    evaluering = acknowledge(cast.aase.bruger, agreed(cast, art="proevetid"))
    client, url = as_user(both), reverse("evaluering_underskriv", args=[evaluering.pk])
    for part in ("elevvejleder", "elevansvarlig"):
        assert can_sign(both, evaluering)
        form = client.get(url).context["form"]
        assert form["part"].value() == part
        data = {"sha256": form["sha256"].value(), "part": part, "laest": "on"}
        assert client.post(url, data).status_code == 302
    evaluering.refresh_from_db()
    assert evaluering.status == S.FORSEGLET and not can_sign(both, evaluering)
    assert list(evaluering.underskrifter.filter(bruger=both).values_list("part", "vikar_for")) == [
        ("elevvejleder", "Vera Vejleder"), ("elevansvarlig", ""),
    ]  # fmt: skip


def test_who_is_two_parties_and_clicks_twice_has_signed_once(cast, both):
    evaluering = agreed(cast, art="proevetid")
    sha256 = fingerprint(evaluering)
    for _ in range(2):
        sign(both, evaluering=evaluering, sha256=sha256, part="elevvejleder")
    assert [row.part for row in Underskrift.objects.all()] == ["elevvejleder"]


def test_when_the_elevvejleder_has_signed_who_is_both_signs_as_elevansvarlig(cast, both, as_user):
    evaluering = half_signed(cast, art="proevetid")
    page = as_user(both).get(reverse("evaluering_underskriv", args=[evaluering.pk]))
    assert page.context["form"]["part"].value() == "elevansvarlig"


@pytest.mark.parametrize(("name", "part"), [("vejleder", "elevansvarlig"), ("elevansvarlig", "elevvejleder")])
def test_nobody_signs_as_a_party_that_she_is_not(cast, both, name, part):
    evaluering = agreed(cast, art="proevetid")
    with pytest.raises(ValidationError, match="Kun dem, der holdt samtalen"):
        sign(getattr(cast, name), evaluering=evaluering, sha256=fingerprint(evaluering), part=part)


def test_a_refusal_is_written_down_with_a_reason_and_the_evaluation_is_sealed_all_the_same(cast, scene):
    evaluering = scene(half_signed)
    what = {"evaluering": evaluering, "part": "elev", "art": "naegtet"}
    with pytest.raises(ValidationError, match="Skriv, hvorfor"):
        sign_for(cast.elevansvarlig, **what, bemaerkning=" ")
    for _ in range(2):
        after = sign_for(cast.elevansvarlig, **what, bemaerkning="Er uenig i konklusionen")
        assert after.status == S.FORSEGLET
    row = Underskrift.objects.get(part="elev")
    assert (row.art, row.navn, row.bruger) == ("naegtet", "Åse Ærlig", cast.elevansvarlig)
    assert "uenig" not in " ".join(Haendelse.objects.values_list("tekst", flat=True))


def test_only_the_elevansvarlig_writes_down_that_another_does_not_sign(cast):
    with pytest.raises(ValidationError, match="Kun den elevansvarlige"):
        sign_for(cast.vejleder, evaluering=half_signed(cast), part="elev", art="udeblevet", bemaerkning="Kom ikke")


def test_a_correction_is_a_new_edition_that_points_back(cast, scene):
    old = scene(sealed)
    before = fingerprint(old)
    new = correct(cast.elevansvarlig, evaluering=old, grund="Forkert konklusion")
    assert correct(cast.elevansvarlig, evaluering=old, grund="Forkert konklusion") == new
    assert (new.status, new.udgave, new.retter) == (S.SAMTALE, 2, old)
    assert words(new, "elev") == words(old, "elev") and new.punkter.count() == old.punkter.count()
    write(cast.vejleder, new, "Den rigtige", part=Part.FAELLES, spoergsmaal="Fælles konklusion", version=1)
    for who in (cast.vejleder, cast.aase.bruger):
        new = acknowledge(who, new)
    assert new.status == S.FORSEGLET
    assert content(new)["retter"] == {"udgave": 1, "sha256": old.dokument.sha256}
    old.refresh_from_db()
    assert (fingerprint(old), words(old, "faelles", "Fælles konklusion")[:8]) == (before, "Ord fra ")


def test_only_what_is_sealed_is_corrected_and_with_a_reason(cast):
    with pytest.raises(ValidationError, match="Kun en forseglet"):
        correct(cast.elevansvarlig, evaluering=half_signed(cast), grund="Fejl")
    with pytest.raises(ValidationError, match="hvorfor"):
        correct(cast.elevansvarlig, evaluering=sealed(cast, art="midtvejs"), grund=" ")
