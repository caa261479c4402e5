"""School periods, grades and study trips."""

from afdelinger.models import Rolle
from skoleophold.models import Indlaesning, Karakter, Skolehold, Skoleperiode, Studietur
from skoleophold.services import filer as services_filer
from skoleophold.services.karakterer import share
from skoleophold.services.studietur import add_turfil
from tests.factories import (
    TODAY,
)
from tests.skole_steps import (
    first_period,
    give,
    make_class,
    make_trip,
    noedkontakt,
    pdf_file,
    periode,
    save,
    stay_of,
)

from .faelles import (
    BO_IS_HIDDEN,
    ELEV,
    ELEVANSVARLIG,
    REJSER,
    STAB,
    UDEN_LEDER,
    Row,
    anden_elev,
    at_school,
    elev,
    skolehold,
    skoleophold,
    skoleperiode,
)


def fil_of(bruger):
    linjer = [{"nr": 2, "felter": {"elev": "Ingen"}, "udfald": "fejl", "emne": "", "tekst": "", "fejl": ["Ukendt"]}]
    return {"pk": Indlaesning.objects.create(art="karakterer", filnavn="k.csv", bruger=bruger, linjer=linjer).pk}


def fil(cast):
    return fil_of(cast.elevansvarlig)


def fil_of_another(cast):
    return fil_of(cast.administrator)


def karakter_in(cast, elev):
    found = elev.karakterer.first() or give(cast, elev, skoleperiode=first_period(at_school(cast)))
    return {"pk": found.pk}


def karakter(cast):
    return karakter_in(cast, cast.aase)


def karakter_of_bo(cast):
    return karakter_in(cast, cast.bo)


def with_file(cast, ejer):
    if services_filer.file_of(ejer) is None:
        services_filer.attach(cast.elevansvarlig, ejer=ejer, fil=pdf_file())
    return {"pk": ejer.pk}


def skoleperiode_med_fil(cast):
    return with_file(cast, first_period(at_school(cast)))


def ikke_med(cast):
    """A period of a class that nobody follows."""
    hold = Skolehold.objects.filter(navn="Tomt").first() or make_class(cast, navn="Tomt")
    row = hold.skoleperioder.first()
    if row is None:
        save(cast, periode(hold, 1, TODAY, TODAY))
    return with_file(cast, hold.skoleperioder.get())


def bos_skoleophold(cast):
    return at_school(cast) and {"pk": stay_of(cast.bo, 1).pk}


def ophold_med_fil(cast):
    return at_school(cast) and with_file(cast, stay_of(cast.aase, 1))


def bos_ophold_med_fil(cast):
    return at_school(cast) and with_file(cast, stay_of(cast.bo, 1))


def delt_karakter_med_fil(cast):
    share(cast.aase.bruger, elev=cast.aase)
    return with_file(cast, Karakter.objects.get(**karakter(cast)))


def bos_karakter_med_fil(cast):
    return with_file(cast, Karakter.objects.get(**karakter_of_bo(cast)))


def studietur(cast):
    return {"pk": make_trip(cast).pk}


def tur_uden_ledsager(cast):
    """An elevvejleder who does not travel along reads the programme of hers, and never whom to call."""
    tur = make_trip(cast)
    Studietur.objects.filter(pk=tur.pk).update(ledsager=None)
    return {"pk": tur.pk}


def andres_tur(cast):
    """Of a class that nobody follows."""
    return {"pk": make_trip(cast, Skoleperiode.objects.get(**ikke_med(cast)), ledsager=None).pk}


def turpunkt(cast):
    return {"pk": make_trip(cast).punkter.first().pk}


def turfil(cast):
    return turfil_of(cast, make_trip(cast))


def andres_turfil(cast):
    return turfil_of(cast, Studietur.objects.get(**andres_tur(cast)))


def turfil_of(cast, tur):
    row = tur.filer.first() or add_turfil(cast.elevansvarlig, tur=tur, titel="Program", fil=pdf_file())
    return {"pk": row.pk}


def tur_for_aase(cast):
    return {"pk": noedkontakt(cast, cast.aase).studietur_id, "elev": cast.aase.pk}


def tur_for_bo(cast):
    return {"pk": noedkontakt(cast, cast.bo).studietur_id, "elev": cast.bo.pk}


ROWS: dict[str, Row] = {
    "skole": Row(ELEVANSVARLIG),
    "skolehold": Row(ELEVANSVARLIG, skolehold),
    "skolehold_nyt": Row(ELEVANSVARLIG),
    "skolehold_ret": Row(ELEVANSVARLIG, skolehold),
    "skolehold_slet": Row(ELEVANSVARLIG, skolehold, post_only=True),
    "skolehold_elever": Row(ELEVANSVARLIG, skolehold),
    "skolehold_kopier": Row(ELEVANSVARLIG, skolehold),
    "skolehold_forlad": Row(ELEVANSVARLIG, lambda cast: {"pk": at_school(cast).tilknytninger.first().pk}),
    "skoleperiode": Row(ELEVANSVARLIG, skoleperiode),
    "skoleperiode_ny": Row(ELEVANSVARLIG, skolehold),
    "skoleperiode_ret": Row(ELEVANSVARLIG, skoleperiode),
    "skoleperiode_slet": Row(ELEVANSVARLIG, skoleperiode),
    "skoleperiode_fremmoede": Row(ELEVANSVARLIG, skoleperiode),
    "skoleophold_ret": Row(ELEVANSVARLIG, lambda cast: at_school(cast) and {"pk": stay_of(cast.bo, 1).pk}),
    "skole_indlaes": Row(ELEVANSVARLIG),
    "indlaesning": Row(ELEVANSVARLIG, fil, {"elevansvarlig": fil_of_another}),
    "indlaesning_gem": Row(ELEVANSVARLIG, fil, {"elevansvarlig": fil_of_another}, post_only=True),
    "indlaesning_kasser": Row(ELEVANSVARLIG, fil, {"elevansvarlig": fil_of_another}, post_only=True),
    "min_skole": Row(ELEV, lambda cast: at_school(cast) and {}),
    "karakterer_del": Row(ELEV, post_only=True),
    "karakterer_del_stop": Row(ELEV, post_only=True),
    "elev_skole": Row(STAB | ELEV, lambda cast: at_school(cast) and elev(cast), BO_IS_HIDDEN),
    "fagvalg": Row(ELEVANSVARLIG | ELEV | {Rolle.ELEVVEJLEDER}, elev, {"elev": anden_elev, "elevvejleder": anden_elev}),
    "karakter_ny": Row(ELEVANSVARLIG | ELEV, elev, {"elev": anden_elev}),
    "karakter_ret": Row(ELEVANSVARLIG | ELEV, karakter, {"elev": karakter_of_bo}),
    "karakter_slet": Row(ELEVANSVARLIG | ELEV, karakter, {"elev": karakter_of_bo}, post_only=True),
    "karakter_fulgt_op": Row(ELEVANSVARLIG, karakter, post_only=True),
    "studietur": Row(UDEN_LEDER, studietur, dict.fromkeys(("elev", "elevvejleder"), andres_tur)),
    "studietur_ny": Row(ELEVANSVARLIG, skoleperiode),
    "studietur_ret": Row(ELEVANSVARLIG, studietur),
    "studietur_slet": Row(ELEVANSVARLIG, studietur, post_only=True),
    "turpunkt_ny": Row(ELEVANSVARLIG, studietur),
    "turpunkt_ret": Row(ELEVANSVARLIG, turpunkt),
    "turpunkt_slet": Row(ELEVANSVARLIG, turpunkt, post_only=True),
    "turfil_ny": Row(ELEVANSVARLIG, studietur),
    "turfil": Row(UDEN_LEDER, turfil, dict.fromkeys(("elev", "elevvejleder"), andres_turfil), is_file=True),
    "turfil_slet": Row(ELEVANSVARLIG, turfil, post_only=True),
    "studietur_kontakter": Row(REJSER, studietur, {"elevvejleder": tur_uden_ledsager}),
    "studietur_kontakter_pdf": Row(REJSER, studietur, {"elevvejleder": tur_uden_ledsager}, is_file=True),
    "studietur_tjekliste": Row(ELEVANSVARLIG | ELEV, tur_for_aase, {"elev": tur_for_bo}),
    "studietur_noedkontakt": Row(ELEVANSVARLIG | ELEV, tur_for_aase, {"elev": tur_for_bo}),
    "studietur_noedkontakt_slet": Row(ELEVANSVARLIG | ELEV, tur_for_aase, {"elev": tur_for_bo}, post_only=True),
    "skoleperiode_indkaldelse": Row(
        UDEN_LEDER, skoleperiode_med_fil, dict.fromkeys(("elev", "elevvejleder"), ikke_med), is_file=True
    ),
    "skoleperiode_indkaldelse_ret": Row(ELEVANSVARLIG, skoleperiode),
    "skoleperiode_indkaldelse_slet": Row(ELEVANSVARLIG, skoleperiode, post_only=True),
    "skolevejledning": Row(
        UDEN_LEDER, ophold_med_fil, dict.fromkeys(("elev", "elevvejleder"), bos_ophold_med_fil), is_file=True
    ),
    "skolevejledning_ret": Row(ELEVANSVARLIG | ELEV, skoleophold, {"elev": bos_skoleophold}),
    "skolevejledning_slet": Row(ELEVANSVARLIG | ELEV, skoleophold, {"elev": bos_skoleophold}, post_only=True),
    "karakter_bevis": Row(
        UDEN_LEDER, delt_karakter_med_fil, dict.fromkeys(("elev", "elevvejleder"), bos_karakter_med_fil), is_file=True
    ),
    "karakter_bevis_ret": Row(ELEVANSVARLIG | ELEV, karakter, {"elev": karakter_of_bo}),
    "karakter_bevis_slet": Row(ELEVANSVARLIG | ELEV, karakter, {"elev": karakter_of_bo}, post_only=True),
}
