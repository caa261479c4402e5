"""The committee's pages, and the links that decisions give an applicant."""

from datetime import timedelta

from elevforloeb.core.dates import now
from rekruttering.links import token
from rekruttering.models import (
    Ansaettelse,
    Ansoegning,
    Brev,
    Brevskabelon,
    Opstartspunkt,
    Partshoering,
    Reference,
    Runde,
    Sagsmappe,
    Samtale,
    Samtaledag,
    Samtaletid,
    Samtalevagt,
    Tilbud,
)
from rekruttering.services import breve, sag, samtaler, vagter
from rekruttering.services.flyt import place_one
from rekruttering.services.tilbud import offer
from rekruttering.services.udvalg import seat_of
from tests.factories import (
    TODAY,
)
from tests.rekruttering_steps import applied, assess, attach, make_round, seat, times

from .faelles import AABEN, ELEV, ELEVANSVARLIG, STAB, Row


def committee(cast) -> Runde:
    """A round whose committee is the elevansvarlig, the leder and the elevvejleder.

    Ida has only applied; Tove gets an offer, Birgit a letter and Sally an interview, whichever page is asked for first.
    """
    if found := Runde.objects.filter(slug="udvalgets").first():
        return found
    runde = make_round("udvalgets")
    for fornavn in ("Ida", "Tove", "Birgit", "Sally"):
        applied(runde, fornavn)
    for bruger in (cast.elevansvarlig, cast.leder, cast.vejleder):
        seat(bruger, runde)
    return runde


def decided(cast, fornavn: str, to: str) -> Ansoegning:
    """Read by all of the committee and put there."""
    ansoegning = committee(cast).ansoegninger.get(fornavn=fornavn)
    for medlem in ansoegning.runde.medlemmer.all():
        assess(medlem, ansoegning)
    place_one(cast.elevansvarlig, ansoegning=ansoegning, to=to)
    ansoegning.refresh_from_db()
    return ansoegning


def link_of(cast, fornavn: str) -> dict:
    return {"token": token(committee(cast).ansoegninger.get(fornavn=fornavn).noegle)}


def ansoeger(cast):
    return {"pk": committee(cast).ansoegninger.first().pk}


def reference(cast):
    ida = Ansoegning.objects.get(**ansoeger(cast))
    row = Reference.objects.first() or sag.add_reference(
        cast.elevansvarlig, ansoegning=ida, hvem="En leder", samtykke=TODAY, samtykke_hvordan="ved samtalen"
    )
    return {"pk": row.pk}


def partshoering(cast):
    ida = Ansoegning.objects.get(**ansoeger(cast))
    row = Partshoering.objects.first() or sag.open_hearing(cast.elevansvarlig, ansoegning=ida, oplysning="Noget")
    return {"pk": row.pk}


def tilbud(cast):
    if not Tilbud.objects.exists():
        offer(cast.elevansvarlig, ansoegning=decided(cast, "Tove", "samtale"), frist=TODAY + timedelta(days=7))
    return {"pk": Tilbud.objects.first().pk}


def brev(cast):
    if not Brev.objects.exists():
        send = {"runde": committee(cast), "ansoegninger": [decided(cast, "Birgit", "afslag")]}
        breve.send(cast.elevansvarlig, **send, emne="Svar", tekst="Kære {fornavn}")
    return {"pk": Brev.objects.first().pk}


def skabelon(cast):
    Brevskabelon.objects.get_or_create(art="afslag", defaults={"emne": "Svar", "tekst": "Kære {fornavn}"})
    return {"art": "afslag"}


def opstart(cast):
    row = Ansaettelse.objects.first() or Ansaettelse.objects.create(elev=cast.aase)
    row.punkter.get_or_create(tekst="Bestil bruger", defaults={"frist": TODAY})
    return {"pk": row.elev_id}


def a_mappe(cast, bruger):
    facts = {"antal": 1, "foerste": 1, "sidste": 1, "status": "faerdig", "slut": now(), "fil": b"PK"}
    return {"pk": Sagsmappe.objects.create(runde=committee(cast), bestilt_af=bruger, **facts).pk}


def own_mappe(cast):
    return a_mappe(cast, cast.elevansvarlig)


def mappe_of_another(cast):
    return a_mappe(cast, cast.fremmed)


def partial_case(cast):
    """The elevansvarlig has no part in it."""
    ida = Ansoegning.objects.get(**ansoeger(cast))
    seat_of(cast.elevansvarlig, ida.runde).inhabiliteter.get_or_create(ansoegning=ida)
    return {"pk": ida.pk}


def samtale(cast):
    """Sally is to choose a time on a day on which Åse receives."""
    runde = committee(cast)
    if not runde.samtaledage.exists():
        dag = times(cast.elevansvarlig, runde)
        vagter.put_on_duty(cast.elevansvarlig, dag=dag, elev=cast.aase)
        samtaler.invite(cast.elevansvarlig, ansoegninger=[decided(cast, "Sally", "samtale")], nr=1)
    return {"pk": Samtale.objects.first().pk}


def samtaledag(cast):
    samtale(cast)
    return {"pk": Samtaledag.objects.first().pk}


def anden_runde(cast):
    """With another committee."""
    return {"pk": (Runde.objects.filter(slug="anden").first() or make_round("anden")).pk}


def andens_ansoeger(cast):
    runde = Runde.objects.get(**anden_runde(cast))
    return {"pk": (runde.ansoegninger.first() or applied(runde, "Anders")).pk}


def bilag(cast):
    ida = Ansoegning.objects.get(**ansoeger(cast))
    row = ida.bilag.first() or attach(ida)
    return {"pk": row.pk}


ANDEN_RUNDES = dict.fromkeys(("elevansvarlig", "elevvejleder", "leder"), andens_ansoeger)


ROWS: dict[str, Row] = {
    "ansoegere": Row(
        STAB, lambda cast: {"pk": committee(cast).pk}, {"elevvejleder": anden_runde, "leder": anden_runde}
    ),
    "ansoegninger_flyt": Row(ELEVANSVARLIG, lambda cast: {"pk": committee(cast).pk}, post_only=True),
    "ansoegninger_fortryd": Row(ELEVANSVARLIG, lambda cast: {"pk": committee(cast).pk}, post_only=True),
    "inhabilitet": Row(STAB, lambda cast: {"pk": committee(cast).pk}, {"elevansvarlig": anden_runde}),
    "ansoeger": Row(STAB, ansoeger, ANDEN_RUNDES),
    "bedoemmelse": Row(STAB, ansoeger, ANDEN_RUNDES, post_only=True),
    "bedoemmelse_tilbage": Row(STAB, ansoeger, ANDEN_RUNDES, post_only=True),
    "notat_ny": Row(STAB, ansoeger, ANDEN_RUNDES, post_only=True),
    "inhabil_nu": Row(STAB, ansoeger, ANDEN_RUNDES, post_only=True),
    "ansoegning_flyt": Row(ELEVANSVARLIG, ansoeger, {"elevansvarlig": andens_ansoeger}, post_only=True),
    "reference_ny": Row(ELEVANSVARLIG, ansoeger, {"elevansvarlig": andens_ansoeger}),
    "partshoering_ny": Row(ELEVANSVARLIG, ansoeger, {"elevansvarlig": andens_ansoeger}),
    "fortrinssag": Row(ELEVANSVARLIG, ansoeger, {"elevansvarlig": andens_ansoeger}),
    "ansoeger_fil": Row(STAB, bilag, is_file=True),
    "reference_skriv": Row(ELEVANSVARLIG, reference),
    "partshoering_send": Row(ELEVANSVARLIG, partshoering),
    "partshoering_svar": Row(AABEN, lambda cast: partshoering(cast) and link_of(cast, "Ida")),
    "samtaler": Row(STAB, lambda cast: {"pk": committee(cast).pk}, {"elevvejleder": anden_runde, "leder": anden_runde}),
    "samtaletider_nye": Row(ELEVANSVARLIG, lambda cast: {"pk": committee(cast).pk}),
    "samtaler_inviter": Row(ELEVANSVARLIG, lambda cast: {"pk": committee(cast).pk}, post_only=True),
    "samtale_tid": Row(ELEVANSVARLIG, samtale),
    "samtale_igen": Row(ELEVANSVARLIG, samtale, post_only=True),
    "samtaledag_lokale": Row(ELEVANSVARLIG, samtaledag),
    "samtale_aflys": Row(ELEVANSVARLIG, samtale, post_only=True),
    "samtale_status": Row(ELEVANSVARLIG, samtale, post_only=True),
    "samtaletid_fjern": Row(
        ELEVANSVARLIG, lambda cast: samtale(cast) and {"pk": Samtaletid.objects.first().pk}, post_only=True
    ),
    "samtalevagt_ny": Row(ELEVANSVARLIG, samtaledag),
    "samtalevagt_fjern": Row(
        ELEVANSVARLIG, lambda cast: samtale(cast) and {"pk": Samtalevagt.objects.first().pk}, post_only=True
    ),
    "modtagelse": Row(ELEV, lambda cast: samtale(cast) and {}),
    "samtale_vaelg": Row(AABEN, lambda cast: samtale(cast) and link_of(cast, "Sally")),
    "tilbud_svar": Row(AABEN, lambda cast: tilbud(cast) and link_of(cast, "Tove")),
    "brev": Row(AABEN, lambda cast: brev(cast) and link_of(cast, "Birgit")),
    "brev_pdf": Row(AABEN, lambda cast: brev(cast) and link_of(cast, "Birgit"), is_file=True),
    "brev_begrundelse": Row(AABEN, lambda cast: brev(cast) and link_of(cast, "Birgit"), post_only=True),
    "tilbud_giv": Row(ELEVANSVARLIG, ansoeger, {"elevansvarlig": andens_ansoeger}),
    "tilbud_traek": Row(ELEVANSVARLIG, tilbud, post_only=True),
    "tilbagetraekning": Row(ELEVANSVARLIG, ansoeger, {"elevansvarlig": andens_ansoeger}),
    "tilbagetraekning_fortryd": Row(ELEVANSVARLIG, ansoeger, {"elevansvarlig": andens_ansoeger}, post_only=True),
    "ansaet": Row(ELEVANSVARLIG, ansoeger, {"elevansvarlig": andens_ansoeger}),
    "breve": Row(ELEVANSVARLIG, lambda cast: {"pk": committee(cast).pk}),
    "breve_stop": Row(ELEVANSVARLIG, lambda cast: {"pk": committee(cast).pk}, post_only=True),
    "beskeder": Row(ELEVANSVARLIG, lambda cast: {"pk": committee(cast).pk}),
    "beskeder_stop": Row(ELEVANSVARLIG, lambda cast: {"pk": committee(cast).pk}, post_only=True),
    "brevskabelon": Row(ELEVANSVARLIG, skabelon),
    "begrundelse": Row(ELEVANSVARLIG, brev),
    "opstart": Row(ELEVANSVARLIG, opstart),
    "opstart_begynd": Row(ELEVANSVARLIG, opstart, post_only=True),
    "opstartsliste": Row(ELEVANSVARLIG),
    "rundetal": Row(ELEVANSVARLIG),
    "rundetal_excel": Row(ELEVANSVARLIG, is_file=True),
    "talentliste": Row(ELEVANSVARLIG),
    "runde_sletning": Row(ELEVANSVARLIG, lambda cast: {"pk": committee(cast).pk}),
    "ansoegning_behold": Row(ELEVANSVARLIG, ansoeger, {"elevansvarlig": partial_case}),
    "ansoegning_behold_ikke": Row(ELEVANSVARLIG, ansoeger, {"elevansvarlig": partial_case}, post_only=True),
    "ansoegning_sag": Row(ELEVANSVARLIG, ansoeger, {"elevansvarlig": andens_ansoeger}, is_file=True),
    "sagsmappe_ny": Row(ELEVANSVARLIG, lambda cast: {"pk": committee(cast).pk}, post_only=True),
    "sagsmappe": Row(ELEVANSVARLIG, own_mappe, {"elevansvarlig": mappe_of_another}),
    "sagsmappe_stop": Row(ELEVANSVARLIG, own_mappe, {"elevansvarlig": mappe_of_another}, post_only=True),
    "sagsmappe_hent": Row(ELEVANSVARLIG, own_mappe, {"elevansvarlig": mappe_of_another}, is_file=True),
    "opstart_kryds": Row(
        ELEVANSVARLIG, lambda cast: opstart(cast) and {"pk": Opstartspunkt.objects.first().pk}, post_only=True
    ),
}
