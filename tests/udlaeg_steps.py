"""Short words for tests of expenses. Today is 2027-10-15."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

from elevforloeb.core.files.examine import CheckedFile
from elevforloeb.core.files.kinds import PNG
from elevforloeb.core.periods import period
from skoleophold.models import Bilag, Udgiftsart, Udlaeg
from skoleophold.services.udbetalinger import create_udbetaling
from skoleophold.services.udlaeg import approve, return_udlaeg, save_udlaeg, send_udlaeg
from tests.core.files import good

LONG_AGO = date(2020, 1, 1)


def make_art(kode="boeger", **fields) -> Udgiftsart:
    fields = {"navn": kode.capitalize(), "betales": "Bøger", "kilde": "test", "periode": period(LONG_AGO)} | fields
    return Udgiftsart.objects.get_or_create(kode=kode, defaults=fields)[0]


def receipt(navn="kvittering.png", data: bytes | None = None) -> CheckedFile:
    """As from the file room: it has been examined."""
    return CheckedFile(navn, PNG, data or uuid4().bytes, "ikke_scannet")


def felter(**changes) -> dict:
    facts = {"art": make_art(), "dato": date(2027, 10, 1), "beloeb": Decimal("240.00"), "formaal": "Lærebog"}
    return facts | {"egen_udgift": Decimal(0), "km": None, "skoleperiode": None} | changes


def draft(elev, *, filer=None, **changes) -> Udlaeg:
    filer = [receipt()] if filer is None else filer
    what = {"noegle": uuid4(), "version": None, "felter": felter(**changes), "filer": filer}
    return save_udlaeg(elev.bruger, elev=elev, **what)


def sent(elev, **changes) -> Udlaeg:
    return send_udlaeg(elev.bruger, udlaeg=draft(elev, **changes))


def approved(cast, elev, **changes) -> Udlaeg:
    udlaeg = sent(elev, **changes)
    approve(cast.elevansvarlig, udlaeg=udlaeg, version=udlaeg.version)
    return fresh(udlaeg)


def returned(cast, elev, grund="Datoen mangler", **changes) -> Udlaeg:
    udlaeg = sent(elev, **changes)
    return_udlaeg(cast.elevansvarlig, udlaeg=udlaeg, version=udlaeg.version, grund=grund)
    return fresh(udlaeg)


def paid(cast, *rows: Udlaeg):
    return create_udbetaling(cast.elevansvarlig, ids=[row.pk for row in rows])


def fresh(udlaeg: Udlaeg) -> Udlaeg:
    return Udlaeg.objects.get(pk=udlaeg.pk)


def bilag_of(udlaeg: Udlaeg) -> Bilag:
    return udlaeg.bilag.get()


def real_png() -> bytes:
    return good.png()
