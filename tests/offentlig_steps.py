"""Rounds, public texts and stories that several tests need, made by the services."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image

from elevforloeb.core.dates import now
from elevforloeb.core.files.examine import CheckedFile
from elevforloeb.core.files.kinds import JPG
from elevforloeb.core.periods import period
from rekruttering.models import (
    Adgangsvej,
    Elevhistorie,
    Fakta,
    Oplysningstekst,
    Runde,
    Side,
    Sideudgave,
    Spoergsmaal,
)
from rekruttering.services import elevhistorie as historier
from rekruttering.services.runde import create_runde, publish_runde
from tests.factories import LONG_AGO, TODAY

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def at(days: int, hour: int = 12) -> datetime:
    """So many days from the day on which the tests live."""
    return datetime.combine(TODAY + timedelta(days=days), time(hour), tzinfo=COPENHAGEN)


def round_fields(**changes) -> dict:
    return {
        "titel": "Kontorelever 2028",
        "tekst": "Vi søger **nysgerrige** elever.\n\n## Det laver du\n\n- Skriver referater",
        "pladser": 5,
        "startdato": date(2028, 9, 1),
        "aabner": at(-10, 8),
        "frist": at(20),
        "svar_senest": TODAY + timedelta(days=50),
        "samtaler": "Uge 48 på rådhuset",
        "slettes_efter_maaneder": 6,
        "slettefrist_grund": "",
    } | changes


def a_round(cast, *, public=True, **changes) -> Runde:
    runde = create_runde(cast.elevansvarlig, **round_fields(**changes))
    if public:
        publish_runde(cast.elevansvarlig, runde=runde)
    return runde


def open_round(cast, *, slug=False):
    runde = Runde.objects.filter(tilstand="offentlig").first() or a_round(cast)
    return runde.slug if slug else {"pk": runde.pk}


def draft_round(cast) -> dict:
    runde = Runde.objects.filter(tilstand="kladde").first()
    return {"pk": (runde or a_round(cast, public=False, titel="Kontorelever 2029")).pk}


def a_text(cast, noegle="forside") -> dict:
    side, new = Side.objects.get_or_create(noegle=noegle, defaults={"navn": "Øverst på siden"})
    if new:
        Sideudgave.objects.create(side=side, titel="Kom og vær med", tekst="Velkommen.", udgivet=now())
    return {"noegle": noegle}


def old_edition(cast) -> dict:
    a_text(cast)
    return {"pk": Sideudgave.objects.order_by("pk").first().pk}


def a_fact(cast) -> dict:
    row, _ = Fakta.objects.get_or_create(
        noegle="tid",
        defaults={"overskrift": "37 timer", "tekst": "Med flekstid.", "kilde": "test", "periode": period(LONG_AGO)},
    )
    return {"pk": row.pk}


def a_route(cast) -> dict:
    """The one that it gives, and the one by rkv."""
    for kode, navn in (("stx", "Stx, hf eller htx"), ("rkv", "Realkompetencevurdering")):
        row, _ = Adgangsvej.objects.get_or_create(
            kode=kode, defaults={"navn": navn, "krav": f"Krav: {navn}", "kilde": "test", "periode": period(LONG_AGO)}
        )
    return {"pk": row.pk}


def a_question(cast) -> dict:
    row, _ = Spoergsmaal.objects.get_or_create(spoergsmaal="Hvornår får jeg svar?", defaults={"svar": "Snart."})
    return {"pk": row.pk}


def told_about_data(cast) -> Oplysningstekst:
    return Oplysningstekst.objects.first() or Oplysningstekst.objects.create(tekst="## Hvem har ansvaret?\n\nVi har.")


def jpg(side: int = 900) -> CheckedFile:
    output = BytesIO()
    Image.effect_noise((side, side), 80).save(output, "JPEG")
    return CheckedFile("portræt.jpg", JPG, output.getvalue(), "ren")


def story(cast, elev=None, *, picture=False, **changes) -> Elevhistorie:
    fields = {
        "fornavn": "Åse",
        "overskrift": "Jeg troede, det var kedeligt",
        "tekst": "Det var det ikke.",
        "startdato": TODAY,
        "sidste_dag": TODAY + timedelta(days=100),
        "billede": jpg() if picture else None,
    }
    return historier.ask(cast.elevansvarlig, elev=(elev or cast.aase).bruger, **fields | changes)


def say_yes(row: Elevhistorie) -> Elevhistorie:
    row = Elevhistorie.objects.get(pk=row.pk)
    historier.say_yes(row.elev, row=row, version=historier.historie_version(row))
    row.refresh_from_db()
    return row


def a_story(cast) -> dict:
    return {"pk": (Elevhistorie.objects.filter(elev=cast.aase.bruger).first() or story(cast)).pk}


def public_story(cast) -> Elevhistorie:
    return say_yes(story(cast))


def story_with_picture(cast) -> dict:
    return {"pk": say_yes(story(cast, picture=True)).pk}


def another_story(cast) -> dict:
    return {"pk": story(cast, cast.bo, picture=True).pk}
