"""What the elevansvarlig writes: drafts, editions, dated rows, stories, and the reference data that leaves it alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from afdelinger.referencedata import ROEDOVRE, read
from elevforloeb.core.errors import StaleError
from elevforloeb.core.models import Fil, Mail
from elevforloeb.core.periods import period
from rekruttering.models import Adgangsvej, Elevhistorie, Fakta, Oplysningstekst, Side, Sideudgave, Spoergsmaal
from rekruttering.permissions import own_historier
from rekruttering.services import elevhistorie as historier
from rekruttering.services import oplysninger, sider
from rekruttering.services.referencedata import load_offentligt
from tests.factories import LONG_AGO, TODAY
from tests.offentlig_steps import a_fact, a_question, a_text, say_yes, story, story_with_picture, told_about_data

FORSIDE = "/bliv-kontorelev/"


def shown(client) -> str:
    return client.get(FORSIDE).content.decode()


def write(cast, titel="Ny overskrift"):
    a_text(cast)
    side = Side.objects.get()
    version = sider.udgave_version(side.udgaver.first())
    return sider.save_draft(cast.elevansvarlig, side=side, titel=titel, tekst="Nye ord", version=version)


# --- texts --------------------------------------------------------------------------------------------------------


def test_a_draft_is_seen_in_the_preview_and_by_nobody_else(cast, client, as_user):
    write(cast)
    assert "Ny overskrift" not in shown(client)
    preview = as_user(cast.elevansvarlig).get(reverse("side_vis", args=["forside"])).content.decode()
    assert "Ny overskrift" in preview and "Sådan kommer det til at se ud" in preview


def test_the_preview_is_the_public_page_and_a_notice(cast, client, as_user):
    """The same reader sees both, so that the frame is the same."""
    draft = write(cast)
    client = as_user(cast.elevansvarlig)
    preview = client.get(reverse("side_vis", args=["forside"])).content.decode()
    sider.publish(cast.elevansvarlig, side=draft.side, version=sider.udgave_version(draft))
    start, end = preview.index('<div class="proeve"'), preview.index('<header class="top">')
    without = (preview[:start] + preview[end:]).replace('<meta name="robots" content="noindex">\n', "")
    assert without == shown(client)


def test_only_the_draft_that_was_looked_at_is_published(cast):
    draft = write(cast)
    version = sider.udgave_version(draft)
    write(cast, "Noget andet")
    with pytest.raises(StaleError):
        sider.publish(cast.elevansvarlig, side=draft.side, version=version)


def test_an_old_edition_comes_back_as_a_draft(cast, client):
    draft = write(cast)
    sider.publish(cast.elevansvarlig, side=draft.side, version=sider.udgave_version(draft))
    assert "Ny overskrift" in shown(client)
    old = sider.restore(cast.elevansvarlig, udgave=Sideudgave.objects.earliest("pk"))
    assert (old.titel, old.udgivet) == ("Kom og vær med", None)
    with pytest.raises(ValidationError, match="allerede en kladde"):
        sider.restore(cast.elevansvarlig, udgave=Sideudgave.objects.earliest("pk"))
    sider.discard_draft(cast.elevansvarlig, side=old.side)
    assert "Ny overskrift" in shown(client)


def test_two_writers_of_a_text_lose_no_words(cast, as_user):
    a_text(cast)
    version = sider.udgave_version(Sideudgave.objects.get())
    write(cast, "Den andens")
    response = as_user(cast.elevansvarlig).post(
        reverse("side_ret", args=["forside"]), {"titel": "Min", "tekst": "Mine ord", "version": version}
    )
    assert response.status_code == 409
    assert "Mine ord" in response.content.decode() and "Den andens" in response.content.decode()


# --- dated rows and editions --------------------------------------------------------------------------------------


def change(cast, row, fra, tekst):
    fields = {"overskrift": row.overskrift, "raekkefoelge": 1, "kilde": "ny aftale", "tekst": tekst}
    version = oplysninger.row_version(row)
    return oplysninger.change_dated(cast.elevansvarlig, row=row, version=version, fra=fra, **fields)


def test_a_changed_fact_is_a_new_row_and_the_old_one_ends_the_day_before(cast, client):
    a_fact(cast)
    change(cast, Fakta.objects.get(), TODAY + timedelta(days=1), "Fra i morgen")
    old, new = Fakta.objects.order_by("periode")
    assert (old.sidste_dag, new.startdato, new.noegle) == (TODAY, TODAY + timedelta(days=1), old.noegle)
    assert "Med flekstid." in shown(client) and "Fra i morgen" not in shown(client)


def test_from_its_own_first_day_a_fact_is_corrected_in_place(cast):
    a_fact(cast)
    change(cast, Fakta.objects.get(), LONG_AGO, "Rettet")
    assert Fakta.objects.get().tekst == "Rettet"


def test_the_database_refuses_two_texts_of_a_route_on_the_same_day(cast):
    row = {"kode": "stx", "navn": "Stx", "krav": "x", "kilde": "x"}
    Adgangsvej.objects.create(**row, periode=period(LONG_AGO))
    with pytest.raises(IntegrityError), transaction.atomic():
        Adgangsvej.objects.create(**row, periode=period(TODAY))


def test_a_new_fact_by_the_form_gets_a_key_of_its_own(cast, as_user):
    a_fact(cast)
    fields = {"overskrift": "Tid", "tekst": "x", "fra": "2027-10-15", "raekkefoelge": 3, "kilde": "os"}
    as_user(cast.elevansvarlig).post(reverse("fakta_nyt"), fields)
    assert set(Fakta.objects.values_list("noegle", flat=True)) == {"tid", "tid-2"}


def test_who_has_applied_still_points_to_the_edition_she_was_shown(cast):
    old = told_about_data(cast)
    new = oplysninger.publish_oplysningstekst(cast.elevansvarlig, tekst="Nyt", kilde="Læst af rådgiveren")
    assert list(Oplysningstekst.objects.all()) == [new, old]


# --- reference data -----------------------------------------------------------------------------------------------


def test_loading_again_takes_back_nothing_that_was_written(cast):
    data = read(ROEDOVRE)
    load_offentligt(None, data=data)
    actor, side = cast.elevansvarlig, Side.objects.get(noegle="forside")
    version = sider.udgave_version(side.udgaver.get())
    draft = sider.save_draft(actor, side=side, titel="Vores", tekst="Egne ord", version=version)
    sider.publish(actor, side=side, version=sider.udgave_version(draft))
    change(cast, Fakta.objects.get(noegle="loen"), TODAY, "18.000 kr.")
    question = Spoergsmaal.objects.first()
    version = oplysninger.row_version(question)
    fields = {"spoergsmaal": "Vores?", "svar": "Ja.", "raekkefoelge": 1, "synligt": False}
    oplysninger.update_spoergsmaal(actor, row=question, version=version, **fields)
    sync = load_offentligt(None, data=data)
    assert not sync.changed()
    assert len(sync.kept) == 3
    assert side.udgaver.first().titel == "Vores"
    load_offentligt(None, data=data, overwrite=True)
    assert side.udgaver.first().titel.startswith("To år")
    assert not load_offentligt(None, data=data, overwrite=True).changed()


def test_another_municipality_gets_none_of_roedovres_words(cast):
    data = replace_sections(read(ROEDOVRE))
    load_offentligt(None, data=data)
    assert not Side.objects.exists() and not Fakta.objects.exists() and not Oplysningstekst.objects.exists()


def replace_sections(data):
    empty = {"adgangsveje": [], "fakta": [], "spoergsmaal": [], "sider": [], "oplysningstekst": None}
    return data.model_copy(update=empty)


# --- stories ------------------------------------------------------------------------------------------------------


def test_an_elev_is_asked_once_for_each_wording(cast):
    row = story(cast)
    assert [row.tilstand for row in own_historier(cast.aase.bruger)] == ["spurgt"]
    assert not own_historier(cast.bo.bruger).exists()
    version = historier.historie_version(row)
    days = {"startdato": row.startdato, "sidste_dag": row.sidste_dag, "billede": None, "fjern_billede": False}
    texts = {"fornavn": "Åse", "overskrift": row.overskrift}
    changed = historier.change(cast.elevansvarlig, row=row, version=version, tekst="Nye ord", **texts, **days)
    assert Mail.objects.filter(skabelon="elevhistorie_spurgt", modtager=cast.aase.bruger).count() == 2
    assert changed.tilstand == "spurgt"


def test_nobody_says_yes_for_an_elev(cast):
    row = story(cast)
    for other in (cast.elevansvarlig, cast.bo.bruger):
        with pytest.raises(Elevhistorie.DoesNotExist):
            historier.say_yes(other, row=row, version=historier.historie_version(row))


def test_a_yes_is_to_these_very_words_and_a_change_asks_again(cast, client):
    row = say_yes(story(cast))
    seen = historier.historie_version(row)
    days = {"startdato": row.startdato, "sidste_dag": row.sidste_dag, "billede": None, "fjern_billede": False}
    texts = {"fornavn": "Åse", "overskrift": "Helt andre ord", "tekst": "Som hun ikke har sagt."}
    row = historier.change(cast.elevansvarlig, row=row, version=seen, **texts, **days)
    assert "Helt andre ord" not in shown(client)
    with pytest.raises(StaleError):
        historier.say_yes(cast.aase.bruger, row=row, version=seen)


def test_an_elev_answers_on_her_own_page_also_when_her_role_is_over(cast, as_user):
    row = say_yes(story(cast))
    cast.aase.bruger.rolletildelinger.all().delete()
    client = as_user(cast.aase.bruger)
    assert "Træk den tilbage" in client.get(reverse("min_historie")).content.decode()
    client.post(reverse("historie_svar"), {"historie": row.pk, "svar": "nej"})
    row.refresh_from_db()
    assert row.tilstand == "trukket"


def test_of_others_stories_nothing_can_be_answered(cast, as_user):
    row = story(cast)
    version = historier.historie_version(row)
    as_user(cast.bo.bruger).post(reverse("historie_svar"), {"historie": row.pk, "svar": "ja", "version": version})
    row.refresh_from_db()
    assert row.samtykke is None


def test_the_picture_goes_with_the_story(cast):
    story_with_picture(cast)
    historier.remove(cast.elevansvarlig, row=Elevhistorie.objects.get())
    assert not Fil.objects.exists()


def test_a_question_that_is_hidden_is_not_public(cast, client):
    a_question(cast)
    assert "Hvornår får jeg svar?" in shown(client)
    Spoergsmaal.objects.update(synligt=False)
    assert "Hvornår får jeg svar?" not in shown(client)
