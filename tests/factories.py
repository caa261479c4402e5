"""Rows for tests. Every name is invented. Dates lie around 2027-10-15, the day on which the tests live."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from afdelinger.models import Afdeling, Bruger, Kursus, Maal, Maalsaet, Opgave, Pladser, Rolle, Rolletildeling
from elevforloeb.core.dates import add_months
from elevforloeb.core.models import Mail, Regel
from elevforloeb.core.periods import period
from elevforloeb.models import Elev, Hold, Kalenderperiode, Ophold, Trin, Uddannelsesmodel
from evaluering.models import Art, Evalueringsskema, Oplaeringserklaering
from evaluering.queries.skema import in_force
from evaluering.services.skema import load_skemaer

TODAY = date(2027, 10, 15)
LONG_AGO = date(2020, 1, 1)

RULES = {
    "adgang_foer_dage": 28,
    "adgang_efter_dage": 42,
    "proevetid_maaneder": 3,
    "proevetid_fravaer_dage": 30,
    "fravaer_gul_pct": 7,
    "fravaer_roed_pct": 10,
    "naeste_elev_varsel_dage": 28,
    "skoleuger": 15,
    "skoleuger_voksen": 13,
    "indkaldelse_varsel_dage": 35,
    "karakter_frist_dage": 21,
    "udlaeg_svar_dage": 14,
    "udlaeg_udbetal_dage": 31,
    "fagvalg_paamindelse_dage": 14,
    "fagproeve_emne_dage": 112,
    "fagproeve_problem_dage": 70,
    "fagproeve_godkendt_dage": 42,
    "fagproeve_data_dage": 1,
    "fagproeve_emne_paamindelse_maaneder": 5,
    "fagproeve_skrive_paamindelse_dage": 42,
    "fagproeve_tidligst_maaneder": 6,
    "fagproeve_datoer_maaneder": 10,
    "fagproeve_normalside": 2100,
    "aub_tjek_dage": 21,
    "aub_frist_aar": 3,
    "aub_varsel_dage": 180,
    "studietur_varsel_dage": 120,
    "studietur_klar_dage": 90,
    "studietur_paamindelse_dage": 7,
    "studietur_slet_dage": 28,
    "vejlederklar_kursus": 49998,
    "udbud_dage": 21,
    "oenske_dage": 14,
    "oenske_frist_foer_dage": 90,
    "oenske_paamindelse_dage": 5,
    "frist_taet_paa_dage": 14,
    "proevetid_varsel_dage": 42,
    "vejleder_varsel_dage": 60,
    "vejleder_klar_dage": 14,
    "plan_varsel_dage": 240,
    "plan_klar_dage": 120,
    "plan_udgivet_dage": 60,
    "journal_bevares_aar": 5,
    "paamindelse_foer_dage": 7,
    "paamindelse_rykker_dage": 3,
    "paamindelse_rykker_igen_dage": 7,
    "paamindelse_eskaleret_dage": 10,
    "fravalg_evaluering_foer": 1,
    "fravalg_evaluering_efter": 0,
    "fravalg_evaluering_eskaleret": 1,
    "fravalg_erklaering_foer": 1,
    "fravalg_erklaering_efter": 0,
    "fravalg_erklaering_eskaleret": 1,
    "evaluering_frem_dage": 28,
    "evaluering_forventning_dage": 14,
    "evaluering_slut_dage": 14,
    "evaluering_proevetid_dage": 28,
    "evaluering_kort_uger": 6,
    "erklaering_kladde_dage": 42,
    "erklaering_frist_dage": 7,
    "erklaering_varsel_dage": 28,
    "erklaering_varsel_igen_dage": 14,
    "erklaering_elev_underskriver": 0,
    "afdelingsbillede_mindst": 3,
    "slet_elev_maaneder": 24,
    "slet_bruger_maaneder": 12,
    "slet_venter_paa_aub": 1,
    "slet_opslag_maaneder": 12,
    "slet_historik_maaneder": 60,
    "slet_bog_dage": 7,
    "slet_mails_maaneder": 12,
    "slet_af_sig_selv": 0,
    "slet_ansoegninger_maaneder": 6,
    "elevhistorie_maaneder": 12,
    "fil_kvittering_mb": 10,
    "fil_dokument_mb": 20,
    "fil_liste_mb": 5,
    "fil_ansoegning_mb": 10,
    "ansoegning_filer": 10,
    "ansoegning_filer_mb": 50,
    "ansoegning_filer_dag": 300,
    "ansoegning_alarm_mb": 2000,
    "ansoegning_efterfrist_minutter": 10,
    "ansoegning_mails_dag": 3,
    "ansoegning_kladde_dage": 30,
    "interesse_maaneder": 14,
    "ansoegning_beholdes_maaneder": 36,
    "ansoegning_sletning_varsel_dage": 28,
    "ansoegning_varsel_dage": 14,
}


def add_rules(**changes):
    Regel.objects.bulk_create(
        Regel(noegle=key, navn=key, vaerdi=value, enhed="antal", kilde="test", periode=period(LONG_AGO))
        for key, value in (RULES | changes).items()
    )


class BrugerFactory(DjangoModelFactory):
    class Meta:
        model = Bruger

    navn = factory.Sequence(lambda n: f"Testperson Nr{n}")
    email = factory.Sequence(lambda n: f"person{n}@example.invalid")
    password = "!"  # nobody logs in with it; tests use client.force_login


class AfdelingFactory(DjangoModelFactory):
    class Meta:
        model = Afdeling
        skip_postgeneration_save = True

    kode = factory.Sequence(lambda n: f"afdeling-{n}")
    navn = factory.Sequence(lambda n: f"Afdeling {n}")
    kortnavn = factory.LazyAttribute(lambda a: a.navn[:30])
    art = Afdeling.Art.GRUND
    beskrivelse = "Løser opgaver for borgerne."
    farve = factory.Sequence(lambda n: n % 8 + 1)
    periode = period(LONG_AGO)

    @factory.post_generation
    def pladser(afdeling, create, antal, **kwargs):
        """AfdelingFactory(pladser=2): two places for all time (default 3)."""
        if create:
            Pladser.objects.create(afdeling=afdeling, antal=3 if antal is None else antal, periode=period(LONG_AGO))


class RolletildelingFactory(DjangoModelFactory):
    class Meta:
        model = Rolletildeling

    bruger = factory.SubFactory(BrugerFactory)
    rolle = Rolle.ELEVANSVARLIG
    periode = period(LONG_AGO)


class MaalsaetFactory(DjangoModelFactory):
    class Meta:
        model = Maalsaet
        django_get_or_create = ["kode"]

    kode = "test"
    navn = "Testmålsæt"
    kilde = "test"
    periode = period(LONG_AGO)


class MaalFactory(DjangoModelFactory):
    class Meta:
        model = Maal

    maalsaet = factory.SubFactory(MaalsaetFactory)
    kode = factory.Sequence(lambda n: f"M{n}")
    navn = factory.Sequence(lambda n: f"Mål {n}")


class OpgaveFactory(DjangoModelFactory):
    class Meta:
        model = Opgave

    afdeling = factory.SubFactory(AfdelingFactory)
    kode = factory.Sequence(lambda n: f"opgave-{n}")
    navn = factory.Sequence(lambda n: f"Opgave {n}")


class UddannelsesmodelFactory(DjangoModelFactory):
    class Meta:
        model = Uddannelsesmodel
        skip_postgeneration_save = True
        django_get_or_create = ["kode"]

    kode = "3x4-2x6"
    navn = "3 x 4 + 2 x 6 måneder"

    @factory.post_generation
    def trin(model, create, lengths, **kwargs):
        if model.trin.exists():
            return
        for nr, (art, months) in enumerate(lengths or [("grund", 4)] * 3 + [("speciale", 6)] * 2, start=1):
            Trin.objects.create(model=model, nr=nr, art=art, maaneder=months)


class HoldFactory(DjangoModelFactory):
    class Meta:
        model = Hold

    navn = factory.Sequence(lambda n: f"Hold {2027 + n}")
    startdato = date(2027, 9, 1)
    model = factory.SubFactory(UddannelsesmodelFactory)


class ElevFactory(DjangoModelFactory):
    """An elev with her role and a two-year agreement from the start of the hold."""

    class Meta:
        model = Elev
        skip_postgeneration_save = True

    bruger = factory.SubFactory(BrugerFactory)
    hold = factory.SubFactory(HoldFactory)
    maalsaet = factory.SubFactory(MaalsaetFactory)
    periode = factory.LazyAttribute(
        lambda e: period(e.hold.startdato, add_months(e.hold.startdato, 24).replace(day=1) - date.resolution)
    )

    @factory.post_generation
    def rolle(elev, create, value, **kwargs):
        RolletildelingFactory(bruger=elev.bruger, rolle=Rolle.ELEV)


class OpholdFactory(DjangoModelFactory):
    class Meta:
        model = Ophold

    elev = factory.SubFactory(ElevFactory)
    afdeling = factory.SubFactory(AfdelingFactory)
    periode = period(date(2027, 9, 1), date(2027, 12, 31))


class KalenderperiodeFactory(DjangoModelFactory):
    class Meta:
        model = Kalenderperiode

    elev = factory.SubFactory(ElevFactory)
    art = Kalenderperiode.Art.SKOLE
    periode = period(date(2027, 10, 4), date(2027, 10, 29))


class ErklaeringFactory(DjangoModelFactory):
    """A draft for the school period of November."""

    class Meta:
        model = Oplaeringserklaering

    elev = factory.SubFactory(ElevFactory)
    periode = period(date(2027, 9, 1), date(2027, 10, 31))
    frist = date(2027, 10, 25)
    arbejdsomraader = "Afstemme konti"


class KursusFactory(DjangoModelFactory):
    class Meta:
        model = Kursus

    nummer = factory.Sequence(lambda n: str(40_000 + n))
    titel = factory.Sequence(lambda n: f"Kursus {n}")
    euu_kode = "AD"
    dage = 2


class MailFactory(DjangoModelFactory):
    """A row of the outbox. Its letter need not exist: the row is only looked at."""

    class Meta:
        model = Mail

    modtager = factory.SubFactory(BrugerFactory)
    noegle = factory.Sequence(lambda n: f"proeve:{n}")
    message_id = factory.Sequence(lambda n: f"<proeve{n}@example.invalid>")
    skabelon = "proeve"
    forfald = factory.LazyFunction(timezone.now)
    naeste = factory.SelfAttribute("forfald")


def evalueringsskemaer() -> dict[str, Evalueringsskema]:
    """The shipped forms, published; by the kind of talk. Loads them the first time in a test."""
    load_skemaer(None)
    return {art: in_force(art) for art in Art.values}
