"""Short words for tests of wishes. Åse and Bo wish between Økonomi and Personale for the second and third stay."""

from datetime import date

from elevforloeb.models import Elev, Oenskerunde, Oenskeseddel, Udbudssvar
from elevforloeb.services.oensker import Valg, answer_udbud, answer_version, list_version, open_round, save_wishes
from tests.cast import Cast

# Today is 2027-10-15.
DEPARTMENTS_ANSWER = {
    "udbud_fra": date(2027, 10, 8), "udbudsfrist": date(2027, 10, 22),
    "oenske_fra": date(2027, 10, 25), "oenskefrist": date(2027, 11, 12),
}  # fmt: skip
ELEVER_WISH = {
    "udbud_fra": date(2027, 9, 20), "udbudsfrist": date(2027, 10, 10),
    "oenske_fra": date(2027, 10, 11), "oenskefrist": date(2027, 10, 25),
}  # fmt: skip


def make_round(cast: Cast, dates: dict = ELEVER_WISH, **fields) -> Oenskerunde:
    """Stays 2 and 3, with both departments asked."""
    fields = {"navn": "Vinter og forår", "foerste_trin": 2, "sidste_trin": 3, "besked": ""} | dates | fields
    return open_round(cast.elevansvarlig, hold=cast.aase.hold, **fields)


def answered_round(cast: Cast, dates: dict = ELEVER_WISH) -> Oenskerunde:
    """Both offer two places in both stays."""
    runde = make_round(cast, dates)
    for svar in runde.udbudssvar.all():
        answer(cast, svar)
    return runde


def answer(cast: Cast, svar: Udbudssvar, **fields) -> Udbudssvar:
    """The elevansvarlig answers, which she may at any time."""
    fields = {
        "valg": "tilbyder", "pladser": {2: (0, 2), 3: (0, 2)}, "kan_laere": "", "note": "Aftalt pr. telefon",
        "version": answer_version(svar), "paa_vegne": True,
    } | fields  # fmt: skip
    return answer_udbud(fields.pop("actor", cast.elevansvarlig), svar=svar, **fields)


def svar_of(runde: Oenskerunde, afdeling) -> Udbudssvar:
    return Udbudssvar.objects.get(runde=runde, afdeling=afdeling)


def wish(runde: Oenskerunde, elev: Elev, *afdelinger, indsend=True, **fields) -> Oenskeseddel:
    """Departments in order of rank."""
    seddel = Oenskeseddel.objects.filter(runde=runde, elev=elev).first()
    fields = {
        "valg": [Valg(afdeling.pk) for afdeling in afdelinger], "begrundelse": "", "hensyn": "", "inhabil": [],
        "version": list_version(seddel),
    } | fields  # fmt: skip
    return save_wishes(elev.bruger, runde=runde, elev=elev, indsend=indsend, **fields)


def ranks(seddel: Oenskeseddel) -> list[str]:
    return [row.afdeling.kortnavn for row in seddel.oensker.select_related("afdeling")]
