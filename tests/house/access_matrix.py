"""Who may open what: one row for every URL. A URL without a row fails the build.

`roles`: the roles that get in (today). `kwargs`: an object that every one of them may see.
`foreign`: objects that the named identity must not learn the existence of (404).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from afdelinger.models import Kursusdeltagelse, Pladser, Rolle
from elevforloeb.core.dates import now, today
from elevforloeb.core.models import Regel
from elevforloeb.core.periods import period
from elevforloeb.core.seal import store_pdf
from elevforloeb.models import Fordeling, Inhabilitet, Oenskerunde, Ophold, Udbudssvar, Udgivelse
from elevforloeb.project.models import Uddannelsesbog
from elevforloeb.queries.plan import seen
from elevforloeb.services.kalender import add_kalenderperiode
from elevforloeb.services.oensker import add_binding, ask_afdeling
from elevforloeb.services.plan import remove_stay
from evaluering.models import Dokumentsamling, Evaluering, Evalueringsskema
from evaluering.services.dialognoter import add_note
from evaluering.services.erklaering import sign as sign_erklaering
from evaluering.services.skema import PARTS, begin_draft
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
    Samtale,
    Samtaledag,
    Samtaletid,
    Samtalevagt,
    Tilbud,
)
from rekruttering.services import breve, sag, samtaler
from rekruttering.services.flyt import place_one
from rekruttering.services.tilbud import offer
from skoleophold.models import Fagproeveforsoeg, Indlaesning, Karakter, Skolehold, Skoleperiode, Studietur, Udbetaling
from skoleophold.services import filer as services_filer
from skoleophold.services.karakterer import share
from skoleophold.services.studietur import add_turfil
from tests import ansoeger_steps, evaluering_steps, udlaeg_steps
from tests.cast import Cast
from tests.evaluering_steps import begun, make_skema, planned, shared
from tests.factories import (
    TODAY,
    AfdelingFactory,
    ErklaeringFactory,
    KursusFactory,
    MailFactory,
    OpgaveFactory,
    evalueringsskemaer,
)
from tests.fagproeve_steps import attempt_of, make_work
from tests.fordeling_steps import run
from tests.oenske_steps import answered_round, wish
from tests.offentlig_steps import (
    a_fact,
    a_question,
    a_route,
    a_story,
    a_text,
    another_story,
    draft_round,
    old_edition,
    open_round,
    public_story,
    story_with_picture,
    told_about_data,
)
from tests.rekruttering_steps import applied, assess, attach, make_round, seat, times
from tests.skole_steps import (
    class_at_school,
    first_period,
    give,
    make_class,
    make_trip,
    noedkontakt,
    pdf_file,
    periode,
    sats,
    save,
    stay_of,
)

ELEVANSVARLIG = frozenset({Rolle.ELEVANSVARLIG})
ELEV = frozenset({Rolle.ELEV})
ALLE = frozenset(Rolle)
STYRER = frozenset({Rolle.ELEVANSVARLIG, Rolle.ADMINISTRATOR})  # accounts and roles
STAB = frozenset({Rolle.ELEVANSVARLIG, Rolle.LEDER, Rolle.ELEVVEJLEDER})
REJSER = frozenset({Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER})  # may travel along on a study trip
NOTERER = frozenset({Rolle.ELEVVEJLEDER, Rolle.ELEV})
UDEN_LEDER = frozenset({Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER, Rolle.ELEV})
AABEN = "åben"  # also without log-in
LOGGED_IN = "logget ind"  # whoever is logged in, also without a role
ALLAUTH = "allauth"  # guards its own pages; that they ask for log-in is checked all the same

Kwargs = Callable[[Cast], dict]


@dataclass(frozen=True)
class Row:
    roles: frozenset | str
    kwargs: Kwargs = lambda cast: {}
    foreign: dict[str, Kwargs] = field(default_factory=dict)
    post_only: bool = False
    is_file: bool = False  # a PDF or a spreadsheet, no page


def afdeling(cast):
    return {"kode": cast.oekonomi.kode}


def anden_afdeling(cast):
    return {"kode": cast.personale.kode}


def opgave(cast):
    return {"pk": OpgaveFactory(afdeling=cast.oekonomi).pk}


def skema(cast):
    """A draft of a new version, the same one however often it is asked for."""
    evalueringsskemaer()
    draft = Evalueringsskema.objects.filter(art="slut", status="kladde").first()
    return {"pk": (draft or begin_draft(cast.elevansvarlig, art="slut")).pk}


def skemadel(navn):
    """A part of such a draft."""
    way = "afsnit__skema" if navn == "spoergsmaal" else "skema"
    return lambda cast: {"pk": PARTS[navn].objects.filter(**{way: skema(cast)["pk"]}).first().pk}


def anden_opgave(cast):
    return {"pk": OpgaveFactory(afdeling=cast.personale).pk}


def system(cast):
    return {"art": "itsystem", "pk": cast.oekonomi.it_systemer.create(navn="Journal").pk}


def andet_system(cast):
    return {"art": "itsystem", "pk": cast.personale.it_systemer.create(navn="Journal").pk}


def pladser(cast):
    return {"pk": Pladser.objects.get(afdeling=cast.oekonomi).pk}


def bruger(cast):
    return {"pk": cast.vejleder.pk}


def own_account(cast):
    """Nobody erases herself."""
    return {"pk": cast.elevansvarlig.pk}


def rolle(cast):
    return {"pk": cast.vejleder.rolletildelinger.get().pk}


def kursus(cast):
    return {"nummer": KursusFactory().nummer}


def gennemfoert_kursus(cast):
    return {
        "nummer": Kursusdeltagelse.objects.create(
            bruger=cast.vejleder, kursus=KursusFactory(), dato=TODAY
        ).kursus.nummer
    }


def elev(cast):
    return {"pk": cast.aase.pk}


def anden_elev(cast):
    return {"pk": cast.bo.pk}


def hold(cast):
    return {"pk": cast.aase.hold_id}


def at_school(cast):
    """A page may be asked for several times in one test."""
    return Skolehold.objects.filter(skoleperioder__nr=2).first() or class_at_school(cast)


def work(cast):
    """A fagprøve of those who are at school."""
    at_school(cast)
    return make_work(cast)


def committee(cast) -> Runde:
    """A round whose committee is the elevansvarlig, the leder and the elevvejleder.

    Ida has only applied; Tove gets an offer, Birgit a letter and Sally an interview, whichever page is asked for first.
    """
    if found := Runde.objects.first():
        return found
    runde = make_round()
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


def samtale(cast):
    """Sally is to choose a time on a day on which Åse receives."""
    runde = committee(cast)
    if not runde.samtaledage.exists():
        dag = times(cast.elevansvarlig, runde)
        samtaler.put_on_duty(cast.elevansvarlig, dag=dag, elev=cast.aase)
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


def skolehold(cast):
    return {"pk": at_school(cast).pk}


def skoleperiode(cast):
    return {"pk": first_period(at_school(cast)).pk}


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


def fagproeve(cast):
    return {"pk": work(cast).pk}


def fagproeve_of_bo(cast):
    return {"pk": make_work(cast, cast.bo).pk}


def forsoeg(cast):
    work(cast)
    return {"pk": attempt_of(cast.aase).pk}


def forsoeg_of_bo(cast):
    work(cast)
    return {"pk": attempt_of(cast.bo).pk}


def fagproeverunde(cast):
    return {"pk": work(cast).runde_id}


BO_WRITES = {"elev": fagproeve_of_bo, "elevvejleder": fagproeve_of_bo}


def expense(elev, make):
    """The same one however often it is asked for."""
    state = "kladde" if make is udlaeg_steps.draft else "sendt"
    return elev.udlaeg.filter(status=state).first() or make(elev)


def own_draft(cast):
    return {"pk": expense(cast.aase, udlaeg_steps.draft).pk}


def anden_draft(cast):
    return {"pk": expense(cast.bo, udlaeg_steps.draft).pk}


def own_udlaeg(cast):
    return {"pk": expense(cast.aase, udlaeg_steps.sent).pk}


def andet_udlaeg(cast):
    return {"pk": expense(cast.bo, udlaeg_steps.sent).pk}


def own_bilag(cast):
    return {"pk": expense(cast.aase, udlaeg_steps.sent).bilag.get().pk}


def andet_bilag(cast):
    return {"pk": expense(cast.bo, udlaeg_steps.sent).bilag.get().pk}


def draft_bilag(cast):
    return {"pk": expense(cast.aase, udlaeg_steps.draft).bilag.get().pk}


def udbetaling(cast):
    found = Udbetaling.objects.first()
    return {"pk": (found or udlaeg_steps.paid(cast, udlaeg_steps.approved(cast, cast.aase))).pk}


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


def skoleophold(cast):
    return at_school(cast) and {"pk": stay_of(cast.aase, 1).pk}


def bos_skoleophold(cast):
    return at_school(cast) and {"pk": stay_of(cast.bo, 1).pk}


def ophold_med_fil(cast):
    return at_school(cast) and with_file(cast, stay_of(cast.aase, 1))


def bos_ophold_med_fil(cast):
    return at_school(cast) and with_file(cast, stay_of(cast.bo, 1))


def delt_karakter_med_fil(cast):
    share(cast.aase.bruger, elev=cast.aase)
    return with_file(cast, Karakter.objects.get(**karakter(cast)))


def judged(cast, elev, *, fil=True):
    """The fagprøve of the elev with a grade, and its proof."""
    row = make_work(cast, elev).forsoeg.get(elev=elev)
    Fagproeveforsoeg.objects.filter(pk=row.pk).update(vaerdi="7", bedoemt=today())
    return with_file(cast, Fagproeveforsoeg.objects.get(pk=row.pk)) if fil else {"pk": row.pk}


def delt_fagproeve_med_fil(cast):
    share(cast.aase.bruger, elev=cast.aase)
    return judged(cast, cast.aase)


def bos_fagproeve_med_fil(cast):
    return judged(cast, cast.bo)


def bedoemt_forsoeg(cast):
    return judged(cast, cast.aase, fil=False)


def bos_bedoemte_forsoeg(cast):
    return judged(cast, cast.bo, fil=False)


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


def ferie(actor, elev):
    start = TODAY + timedelta(days=10)
    last = start + timedelta(days=4)
    there = elev.kalenderperioder.filter(periode=period(start, last)).first()  # the other's: this one takes its place
    if there:
        there.delete()
    return {"pk": add_kalenderperiode(actor, elev=elev, art="ferie", startdato=start, sidste_dag=last).pk}


def own_ferie(cast):
    return ferie(cast.vejleder, cast.aase)


def ferie_of_another(cast):
    """Written by the elevansvarlig: an elevvejleder does not see which kind it is, so she cannot open it."""
    return ferie(cast.elevansvarlig, cast.aase)


def coming_rule(cast):
    next_year = TODAY + timedelta(days=365)
    Regel.objects.filter(noegle="skoleuger").update(periode=period(TODAY, next_year - timedelta(days=1)))
    rule = Regel(noegle="skoleuger", navn="skoleuger", vaerdi=16, enhed="uger", kilde="test", periode=period(next_year))
    rule.save()
    return {"pk": rule.pk}


def ophold(cast):
    return hold(cast) | {"noegle": f"u{cast.ophold.pk}"}


def kladde(cast):
    """The hold with a step in its draft, so that there is something to publish and to discard."""
    if not cast.bo.hold.udkast.exists():
        stay = Ophold.objects.get(elev=cast.bo, afdeling=cast.oekonomi)
        remove_stay(cast.elevansvarlig, hold=cast.bo.hold, noegle=f"u{stay.pk}", was=seen(stay.as_placering()))
    return hold(cast)


def udgivelse(cast):
    row = Udgivelse.objects.create(
        hold=cast.aase.hold,
        bruger=cast.elevansvarlig,
        forskelle=["Åse Ærlig: Kommer til Økonomi"],
        modtagere=[[cast.aase.bruger_id, "Åse Ærlig", "Elevens første plan"]],
    )
    return hold(cast) | {"udgivelse": row.pk}


def runde(cast):
    """The round of the hold, with both departments' answers and both elever's wishes."""
    found = Oenskerunde.objects.first()
    if found is None:
        found = answered_round(cast)
        wish(found, cast.bo, cast.personale, inhabil=[(cast.oekonomi.pk, "Nær familie")])
    return hold(cast) | {"runde": found.pk}


def lukket_runde(cast):
    kwargs = runde(cast)
    Oenskerunde.objects.update(lukket=now())
    return kwargs


def udbud_svar(cast):
    runde(cast)
    return {"pk": Udbudssvar.objects.get(afdeling=cast.oekonomi).pk}


def andet_udbud_svar(cast):
    runde(cast)
    return {"pk": Udbudssvar.objects.get(afdeling=cast.personale).pk}


def ubesvaret(cast):
    found = Oenskerunde.objects.get(pk=runde(cast)["runde"])
    svar = ask_afdeling(cast.elevansvarlig, runde=found, afdeling=AfdelingFactory())
    return hold(cast) | {"svar": svar.pk}


def binding(cast):
    found = Oenskerunde.objects.get(pk=runde(cast)["runde"])
    what = {"afdeling": cast.personale, "art": "fast", "trin": 2, "grund": "Aftalt"}
    return hold(cast) | {"binding": add_binding(cast.elevansvarlig, runde=found, elev=cast.aase, **what).pk}


def inhabilitet(cast):
    runde(cast)
    return hold(cast) | {"inhabilitet": Inhabilitet.objects.get().pk}


def fordeling(cast):
    """A run with an answer; the same one however often it is asked for."""
    found = Fordeling.objects.first()
    if found is None:
        hold_runde = Oenskerunde.objects.filter(hold=cast.aase.hold).first() or answered_round(cast)
        found = run(cast, hold_runde)
    return {"pk": found.pk}


def til_elev(cast):
    """A declaration about Åse that she is asked to read; whoever has her now and the elevansvarlig see it too."""
    return {"pk": ErklaeringFactory(elev=cast.aase, status="til_elev").pk}


def anden_til_elev(cast):
    return {"pk": ErklaeringFactory(elev=cast.bo, status="til_elev").pk}


def sealed_one(cast, elev, afdeling):
    """With its PDF; the same one however often it is asked for."""
    stay = Ophold.objects.get(elev=elev, afdeling=afdeling)
    found = Evaluering.objects.filter(ophold=stay, art="slut").first()
    if found is None:
        found = evaluering_steps.sealed(cast, ophold=stay)
        store_pdf(found.dokument, b"%PDF-1.7")
    return found


def sealed_evaluering(cast):
    return {"pk": sealed_one(cast, cast.aase, cast.oekonomi).pk}


def anden_sealed_evaluering(cast):
    return {"pk": sealed_one(cast, cast.bo, cast.personale).pk}


def dokument(cast):
    return {"pk": sealed_one(cast, cast.aase, cast.oekonomi).dokument_id}


def andet_dokument(cast):
    return {"pk": sealed_one(cast, cast.bo, cast.personale).dokument_id}


def own_bog(cast):
    """Åse's, made by the elevansvarlig: both fetch it."""
    facts = {"status": "faerdig", "fil": b"%PDF-"}
    return {"pk": Uddannelsesbog.objects.create(elev=cast.aase, bestilt_af=cast.elevansvarlig, **facts).pk}


def bog_of_bo(cast):
    facts = {"status": "faerdig", "fil": b"%PDF-"}
    return {"pk": Uddannelsesbog.objects.create(elev=cast.bo, bestilt_af=cast.bo.bruger, **facts).pk}


NOT_MY_BOG = dict.fromkeys(["elev", "elevansvarlig"], bog_of_bo)


def own_samling(cast):
    facts = {"status": "faerdig", "fil": b"PK"}
    return {"pk": Dokumentsamling.objects.create(hold=cast.aase.hold, bestilt_af=cast.elevansvarlig, **facts).pk}


def samling_of_another(cast):
    facts = {"status": "faerdig", "fil": b"PK"}
    return {"pk": Dokumentsamling.objects.create(hold=cast.aase.hold, bestilt_af=cast.fremmed, **facts).pk}


def _signed(cast, row):
    """With its PDF, as a worker has made it."""
    signed = sign_erklaering(cast.elevansvarlig, erklaering=row, version=1, grund="Ferie")
    store_pdf(signed.dokument, b"%PDF-1.7")
    return {"pk": signed.pk}


def signed_erklaering(cast):
    row = ErklaeringFactory(elev=cast.aase, status="til_elev")
    return _signed(cast, row)


def anden_signed_erklaering(cast):
    row = ErklaeringFactory(elev=cast.bo, status="til_elev")
    return _signed(cast, row)


def evaluering_in(state, art):
    """Åse's talk in Økonomi, which the elevansvarlig holds too, in the named state; each state has its own kind."""

    def make(cast):
        found = Evaluering.objects.filter(ophold=cast.ophold, art=art).first()
        if found is None:
            make_skema(art, med_elevansvarlig=True)
            found = state(cast, art=art)
        return {"pk": found.pk}

    return make


def anden_evaluering(cast):
    """Bo's, in Personale."""
    stay = Ophold.objects.get(elev=cast.bo, afdeling=cast.personale)
    return {"pk": evaluering_steps.begun(cast, ophold=stay).pk}


def note(cast):
    return {"pk": add_note(cast.vejleder, elev=cast.aase, tekst="Godt gået").pk}


def anden_note(cast):
    return {"pk": add_note(cast.anden_vejleder, elev=cast.bo, tekst="Godt gået").pk}


def applicants_draft(cast):
    return ansoeger_steps.link(ansoeger_steps.begun())


def applicants_sent(cast):
    found = ansoeger_steps.filled()
    ansoeger_steps.attach(found)
    return ansoeger_steps.link(ansoeger_steps.deliver(found))


def applicants_file(cast):
    found = ansoeger_steps.begun()
    return ansoeger_steps.link(found) | {"pk": ansoeger_steps.attach(found).pk}


# Who may not learn that Bo exists: he is in another department, and no friend of Åse's in this system.
BO_IS_HIDDEN = dict.fromkeys(["elev", "elevvejleder", "leder"], anden_elev)
OTHER_DEPARTMENT = ["elevvejleder", "leder"]
DELTAGERE = frozenset({Rolle.ELEV, Rolle.ELEVVEJLEDER, Rolle.ELEVANSVARLIG})
SKRIVER = DELTAGERE - ELEVANSVARLIG
NOT_MINE = dict.fromkeys(["elev", "elevvejleder"], anden_evaluering)
NOT_MY_ELEV = {"elevvejleder": anden_evaluering}
PLANNED, BEGUN, TALK = (
    evaluering_in(planned, "kort"),
    evaluering_in(begun, "midtvejs"),
    evaluering_in(shared, "proevetid"),
)

MATRIX: dict[str, Row] = {
    "forside": Row(LOGGED_IN),
    "demo_log_ind": Row(AABEN, lambda cast: {"rolle": "elev"}, post_only=True),  # 404 unless DEMO
    "profil": Row(LOGGED_IN),
    "soeg": Row(ALLE),
    # --- the plan of a hold
    "plan_start": Row(ELEVANSVARLIG),
    "plan": Row(ELEVANSVARLIG, kladde),
    "plan_ophold": Row(ELEVANSVARLIG, ophold),
    "plan_foelger": Row(ELEVANSVARLIG, ophold, is_file=True),  # a fragment of the board
    "plan_flyt": Row(ELEVANSVARLIG, hold, post_only=True),
    "plan_byt": Row(ELEVANSVARLIG, hold, post_only=True),
    "plan_tilpas": Row(ELEVANSVARLIG, hold, post_only=True),
    "plan_fjern": Row(ELEVANSVARLIG, hold, post_only=True),
    "plan_fortryd": Row(ELEVANSVARLIG, kladde, post_only=True),
    "plan_kasser": Row(ELEVANSVARLIG, kladde),
    "plan_forslag": Row(ELEVANSVARLIG, hold),
    "plan_vejledere": Row(ELEVANSVARLIG, hold),
    "plan_udgiv": Row(ELEVANSVARLIG, kladde),
    "plan_udgivelse": Row(ELEVANSVARLIG, udgivelse),
    "plan_udgivelser": Row(ELEVANSVARLIG, hold),
    "plan_pdf": Row(ELEVANSVARLIG, hold, is_file=True),
    "plan_excel": Row(ELEVANSVARLIG, hold, is_file=True),
    # --- wishes
    "hold_oensker": Row(ELEVANSVARLIG, lambda cast: {"pk": runde(cast)["pk"]}),
    "hold_oensker_aabn": Row(ELEVANSVARLIG, hold),
    "hold_oensker_ret": Row(ELEVANSVARLIG, runde),
    "hold_oensker_luk": Row(ELEVANSVARLIG, runde, post_only=True),
    "hold_oensker_genaabn": Row(ELEVANSVARLIG, lukket_runde, post_only=True),
    "hold_oensker_paamind": Row(ELEVANSVARLIG, runde, post_only=True),
    "hold_oensker_excel": Row(ELEVANSVARLIG, runde, is_file=True),
    "hold_oensker_spoerg": Row(ELEVANSVARLIG, runde),
    "hold_oensker_spoerg_ikke": Row(ELEVANSVARLIG, ubesvaret, post_only=True),
    "hold_binding_ny": Row(ELEVANSVARLIG, runde),
    "hold_binding_fjern": Row(ELEVANSVARLIG, binding),
    "hold_binding_inhabil": Row(ELEVANSVARLIG, inhabilitet, post_only=True),
    "udbud": Row(STAB, udbud_svar, dict.fromkeys(OTHER_DEPARTMENT, andet_udbud_svar)),
    "oensker": Row(frozenset({Rolle.ELEV}), lambda cast: runde(cast) and {}),
    # --- school
    "ansoegere": Row(
        STAB, lambda cast: {"pk": committee(cast).pk}, {"elevvejleder": anden_runde, "leder": anden_runde}
    ),
    "ansoegninger_flyt": Row(ELEVANSVARLIG, lambda cast: {"pk": committee(cast).pk}, post_only=True),
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
    "ansaet": Row(ELEVANSVARLIG, ansoeger, {"elevansvarlig": andens_ansoeger}),
    "breve": Row(ELEVANSVARLIG, lambda cast: {"pk": committee(cast).pk}),
    "breve_stop": Row(ELEVANSVARLIG, lambda cast: {"pk": committee(cast).pk}, post_only=True),
    "brevskabelon": Row(ELEVANSVARLIG, skabelon),
    "begrundelse": Row(ELEVANSVARLIG, brev),
    "opstart": Row(ELEVANSVARLIG, opstart),
    "opstart_kryds": Row(
        ELEVANSVARLIG, lambda cast: opstart(cast) and {"pk": Opstartspunkt.objects.first().pk}, post_only=True
    ),
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
    # --- expenses of school
    "mine_udlaeg": Row(ELEV),
    "udlaeg_nyt": Row(ELEV),
    "udlaeg_ret": Row(ELEV, own_draft, {"elev": anden_draft}),
    "udlaeg_slet": Row(ELEV, own_draft, {"elev": anden_draft}, post_only=True),
    "udlaeg_tilbage": Row(ELEV, own_draft, {"elev": anden_draft}, post_only=True),
    "bilag_fjern": Row(ELEV, own_bilag, {"elev": andet_bilag}, post_only=True),
    "udlaeg": Row(ELEV | ELEVANSVARLIG, own_udlaeg, {"elev": andet_udlaeg, "elevansvarlig": own_draft}),
    "bilag": Row(ELEV | ELEVANSVARLIG, own_bilag, {"elev": andet_bilag, "elevansvarlig": draft_bilag}, is_file=True),
    "udlaeg_liste": Row(ELEVANSVARLIG),
    "udlaeg_godkend": Row(ELEVANSVARLIG, own_udlaeg, {"elevansvarlig": own_draft}, post_only=True),
    "udlaeg_returner": Row(ELEVANSVARLIG, own_udlaeg, {"elevansvarlig": own_draft}, post_only=True),
    "udlaeg_godkend_flere": Row(ELEVANSVARLIG),
    "udbetalinger": Row(ELEVANSVARLIG),
    "udbetaling_ny": Row(ELEVANSVARLIG),
    "udbetaling": Row(ELEVANSVARLIG, udbetaling),
    "udbetaling_excel": Row(ELEVANSVARLIG, udbetaling, is_file=True),
    "udbetaling_csv": Row(ELEVANSVARLIG, udbetaling, is_file=True),
    "udbetaling_aflever": Row(ELEVANSVARLIG, udbetaling, post_only=True),
    "udbetaling_fortryd": Row(ELEVANSVARLIG, udbetaling, post_only=True),
    "budget": Row(ELEVANSVARLIG),
    "budget_ret": Row(ELEVANSVARLIG),
    "udgiftsarter": Row(ELEVANSVARLIG),
    "udgiftsart_ny": Row(ELEVANSVARLIG),
    "udgiftsart_ret": Row(ELEVANSVARLIG, lambda cast: {"pk": udlaeg_steps.make_art().pk}),
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
    # --- the fagprøve
    "fagproever": Row(ELEVANSVARLIG, lambda cast: work(cast) and {}),
    "fagproever_excel": Row(ELEVANSVARLIG, lambda cast: work(cast) and {}, is_file=True),
    "tegngraenser": Row(ELEVANSVARLIG),
    "min_fagproeve": Row(ELEV, lambda cast: work(cast) and {}),
    "fagproeverunde_ny": Row(ELEVANSVARLIG, skolehold),
    "fagproeverunde": Row(ELEVANSVARLIG, fagproeverunde),
    "fagproeverunde_ret": Row(ELEVANSVARLIG, fagproeverunde),
    "fagproeverunde_slet": Row(ELEVANSVARLIG, fagproeverunde, post_only=True),
    "fagproeve": Row(UDEN_LEDER, fagproeve, BO_WRITES),
    "fagproeve_emne": Row(ELEVANSVARLIG | ELEV, fagproeve, {"elev": fagproeve_of_bo}),
    "fagproeve_problem": Row(ELEVANSVARLIG | ELEV, fagproeve, {"elev": fagproeve_of_bo}),
    "fagproeve_godkend": Row(
        frozenset({Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER}), fagproeve, {"elevvejleder": fagproeve_of_bo}
    ),
    "fagproeve_skolen": Row(ELEVANSVARLIG | ELEV, fagproeve, {"elev": fagproeve_of_bo}),
    "fagproeve_data": Row(ELEVANSVARLIG | ELEV, fagproeve, {"elev": fagproeve_of_bo}, post_only=True),
    "fagproeve_fortrolighed": Row(ELEVANSVARLIG | ELEV, fagproeve, {"elev": fagproeve_of_bo}),
    "fagproeve_aflever": Row(ELEVANSVARLIG | ELEV, fagproeve, {"elev": fagproeve_of_bo}),
    "fagproeve_fortryd": Row(ELEVANSVARLIG, fagproeve, post_only=True),
    "fagproeve_gruppe": Row(ELEVANSVARLIG, fagproeve),
    "fagproeve_runde": Row(ELEVANSVARLIG, fagproeve),
    "fagproeve_tegn": Row(ELEVANSVARLIG | ELEV, fagproeve, {"elev": fagproeve_of_bo}),
    "fagproeve_eksamen": Row(ELEVANSVARLIG | ELEV, forsoeg, {"elev": forsoeg_of_bo}),
    "fagproeve_resultat": Row(ELEVANSVARLIG | ELEV, forsoeg, {"elev": forsoeg_of_bo}),
    "fagproeve_alene": Row(ELEVANSVARLIG, forsoeg, post_only=True),
    "fagproeve_tillaeg": Row(ELEVANSVARLIG, forsoeg, post_only=True),
    # --- AUB
    "aub": Row(ELEVANSVARLIG),
    "aub_excel": Row(ELEVANSVARLIG, is_file=True),
    "aub_ret": Row(ELEVANSVARLIG, skoleophold),
    "aub_periode": Row(ELEVANSVARLIG, skoleperiode),
    "aub_satser": Row(ELEVANSVARLIG),
    "aub_sats_ny": Row(ELEVANSVARLIG),
    "aub_sats_slet": Row(ELEVANSVARLIG, lambda cast: {"pk": sats().pk}, post_only=True),
    # --- study trips
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
    # --- files of the school
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
    "fagproeve_bevis": Row(
        UDEN_LEDER, delt_fagproeve_med_fil, dict.fromkeys(("elev", "elevvejleder"), bos_fagproeve_med_fil), is_file=True
    ),
    "fagproeve_bevis_ret": Row(ELEVANSVARLIG | ELEV, bedoemt_forsoeg, {"elev": bos_bedoemte_forsoeg}),
    "fagproeve_bevis_slet": Row(ELEVANSVARLIG | ELEV, bedoemt_forsoeg, {"elev": bos_bedoemte_forsoeg}, post_only=True),
    # --- departments
    "afdelinger": Row(ALLE),
    "afdeling": Row(ALLE, afdeling),
    "afdeling_ny": Row(ELEVANSVARLIG),
    "afdeling_luk": Row(ELEVANSVARLIG, afdeling),
    "afdeling_aabn": Row(ELEVANSVARLIG, afdeling, post_only=True),
    "afdeling_pladser": Row(ELEVANSVARLIG, afdeling),
    "afdeling_plads": Row(ELEVANSVARLIG, pladser),
    "afdeling_plads_fjern": Row(ELEVANSVARLIG, pladser, post_only=True),
    "afdeling_ret": Row(STAB, afdeling, dict.fromkeys(OTHER_DEPARTMENT, anden_afdeling)),
    "afdeling_opgaver": Row(STAB, afdeling, dict.fromkeys(OTHER_DEPARTMENT, anden_afdeling)),
    "afdeling_opgave_ny": Row(STAB, afdeling, dict.fromkeys(OTHER_DEPARTMENT, anden_afdeling)),
    "afdeling_dele": Row(STAB, afdeling, dict.fromkeys(OTHER_DEPARTMENT, anden_afdeling)),
    "afdeling_del_ny": Row(STAB, lambda cast: afdeling(cast) | {"art": "itsystem"}),
    "afdeling_opgave": Row(STAB, opgave, dict.fromkeys(OTHER_DEPARTMENT, anden_opgave)),
    "afdeling_opgave_vis": Row(STAB, opgave, dict.fromkeys(OTHER_DEPARTMENT, anden_opgave)),
    "afdeling_opgave_handling": Row(STAB, opgave, dict.fromkeys(OTHER_DEPARTMENT, anden_opgave), post_only=True),
    "afdeling_del": Row(STAB, system, dict.fromkeys(OTHER_DEPARTMENT, andet_system)),
    "afdeling_del_handling": Row(STAB, system, dict.fromkeys(OTHER_DEPARTMENT, andet_system), post_only=True),
    # --- people and rights
    "brugere": Row(STYRER),
    "bruger_ny": Row(STYRER),
    "bruger": Row(STYRER, bruger),
    "bruger_ret": Row(STYRER, bruger),
    "bruger_luk": Row(STYRER, bruger, post_only=True),
    "bruger_aabn": Row(STYRER, bruger, post_only=True),
    "bruger_inviter": Row(STYRER, bruger, post_only=True),
    "bruger_totrin_nulstil": Row(STYRER, bruger, post_only=True),
    "bruger_rolle_ny": Row(STYRER, bruger),
    "bruger_rolle": Row(STYRER, rolle),
    "bruger_rolle_slut": Row(STYRER, rolle, post_only=True),
    "invitation": Row(AABEN),
    "invitation_ny": Row(AABEN),
    "invitation_link": Row(AABEN, lambda cast: {"token": "ukendt"}),
    # --- courses, goals, rules
    "kurser": Row(ALLE),
    "kurser_mangler": Row(ELEVANSVARLIG),
    "kursus_gennemfoert": Row(frozenset({Rolle.ELEVVEJLEDER}), kursus),
    "kursus_fjern": Row(frozenset({Rolle.ELEVVEJLEDER}), gennemfoert_kursus, post_only=True),
    "maal": Row(ALLE),
    "maalsaet_ny": Row(ELEVANSVARLIG),
    "paamindelser": Row(ALLE),
    "skemaer": Row(ELEVANSVARLIG),
    "skema": Row(ELEVANSVARLIG, skema),
    "skema_ny": Row(ELEVANSVARLIG, lambda cast: {"art": "slut"}, post_only=True),
    "skema_ret": Row(ELEVANSVARLIG, skema),
    "skema_vis": Row(ELEVANSVARLIG, skema),
    "skema_udgiv": Row(ELEVANSVARLIG, skema),
    "skema_kasser": Row(ELEVANSVARLIG, skema, post_only=True),
    "skema_afsnit_ny": Row(ELEVANSVARLIG, skema),
    "skema_skala_ny": Row(ELEVANSVARLIG, skema),
    "skema_afsnit": Row(ELEVANSVARLIG, skemadel("afsnit")),
    "skema_spoergsmaal_ny": Row(ELEVANSVARLIG, skemadel("afsnit")),
    "skema_spoergsmaal": Row(ELEVANSVARLIG, skemadel("spoergsmaal")),
    "skema_skala": Row(ELEVANSVARLIG, skemadel("skala")),
    "skema_del": Row(ELEVANSVARLIG, lambda cast: {"del_": "afsnit"} | skemadel("afsnit")(cast), post_only=True),
    "regler": Row(ALLE),
    "regel_ny": Row(ELEVANSVARLIG, lambda cast: {"noegle": "skoleuger"}),
    "regel_fjern": Row(ELEVANSVARLIG, coming_rule, post_only=True),
    # --- hold and elever
    "hold_liste": Row(ELEVANSVARLIG),
    "hold_nyt": Row(ELEVANSVARLIG),
    "hold": Row(ELEVANSVARLIG, hold),
    "hold_ret": Row(ELEVANSVARLIG, hold),
    "hold_slet": Row(ELEVANSVARLIG, hold, post_only=True),
    "hold_elever_nye": Row(ELEVANSVARLIG, hold),
    "hold_elever_indsaet": Row(ELEVANSVARLIG, hold),
    "hold_skole": Row(ELEVANSVARLIG, hold),
    "hold_skole_kopier": Row(ELEVANSVARLIG, hold),
    # --- allocations
    "fordelinger": Row(ELEVANSVARLIG, lambda cast: hold(cast) if fordeling(cast) else {}),
    "fordeling_ny": Row(ELEVANSVARLIG, lambda cast: {"pk": runde(cast)["pk"]}),
    "fordeling": Row(ELEVANSVARLIG, fordeling),
    "fordeling_elev": Row(ELEVANSVARLIG, lambda cast: fordeling(cast) | {"elev": cast.aase.pk}),
    "fordeling_excel": Row(ELEVANSVARLIG, fordeling, is_file=True),
    "fordeling_hvis": Row(ELEVANSVARLIG, fordeling),
    "fordeling_sammenlign": Row(ELEVANSVARLIG, fordeling),
    "fordeling_brug": Row(ELEVANSVARLIG, fordeling),
    "fordeling_stop": Row(ELEVANSVARLIG, fordeling, post_only=True),
    "fordeling_igen": Row(ELEVANSVARLIG, fordeling, post_only=True),
    "fordeling_slet": Row(ELEVANSVARLIG, fordeling, post_only=True),
    "fordeling_udvej": Row(ELEVANSVARLIG, fordeling, post_only=True),
    # --- elever
    "elever": Row(STAB),
    "elever_excel": Row(STAB, is_file=True),
    "elev": Row(STAB | {Rolle.ELEV}, elev, BO_IS_HIDDEN),
    "forloeb_pdf": Row(STAB | {Rolle.ELEV}, elev, BO_IS_HIDDEN, is_file=True),
    "forloeb_excel": Row(STAB | {Rolle.ELEV}, elev, BO_IS_HIDDEN, is_file=True),
    "elev_ret": Row(ELEVANSVARLIG, elev),
    "elev_forlaeng": Row(ELEVANSVARLIG, elev),
    "elev_stop": Row(ELEVANSVARLIG, elev),
    "elev_genoptag": Row(ELEVANSVARLIG, elev, post_only=True),
    "elev_fjern": Row(ELEVANSVARLIG, elev, post_only=True),
    "elev_inviter": Row(ELEVANSVARLIG, elev, post_only=True),
    "kalender_ny": Row(STAB - {Rolle.LEDER}, elev, {"elevvejleder": anden_elev}),
    "kalender_ret": Row(ELEVANSVARLIG | {Rolle.ELEVVEJLEDER}, own_ferie, {"elevvejleder": ferie_of_another}),
    "kalender_slet": Row(
        ELEVANSVARLIG | {Rolle.ELEVVEJLEDER}, own_ferie, {"elevvejleder": ferie_of_another}, post_only=True
    ),
    # --- between the evaluations
    "udvikling": Row(UDEN_LEDER, elev, dict.fromkeys(["elev", "elevvejleder"], anden_elev)),
    "dialognote_ny": Row(NOTERER, elev, dict.fromkeys(["elev", "elevvejleder"], anden_elev), post_only=True),
    "dialognote_fjern": Row(NOTERER, note, dict.fromkeys(["elev", "elevvejleder"], anden_note), post_only=True),
    "udvikling_maal": Row(UDEN_LEDER, elev, dict.fromkeys(["elev", "elevvejleder"], anden_elev)),
    "hold_maal": Row(ELEVANSVARLIG, hold),
    "evaluering_delinger": Row(frozenset({Rolle.ELEV})),
    "afdeling_billeder": Row(STAB),
    "afdeling_billede": Row(STAB, afdeling, dict.fromkeys(OTHER_DEPARTMENT, anden_afdeling)),
    # --- declarations to the school
    "evaluering_pdf": Row(
        UDEN_LEDER, sealed_evaluering, dict.fromkeys(["elev", "elevvejleder"], anden_sealed_evaluering), is_file=True
    ),
    "dokument": Row(UDEN_LEDER, dokument, dict.fromkeys(["elev", "elevvejleder"], andet_dokument)),
    "dokument_pdf": Row(UDEN_LEDER, dokument, dict.fromkeys(["elev", "elevvejleder"], andet_dokument), is_file=True),
    "hold_dokumenter": Row(ELEVANSVARLIG, lambda cast: {"pk": cast.aase.hold_id}),
    "elev_dokumenter": Row(ELEVANSVARLIG, elev),
    "elev_bog": Row(ELEVANSVARLIG | ELEV, elev, {"elev": anden_elev}),
    "bog": Row(ELEVANSVARLIG | ELEV, own_bog, NOT_MY_BOG),
    "bog_stop": Row(ELEVANSVARLIG | ELEV, own_bog, NOT_MY_BOG, post_only=True),
    "bog_hent": Row(ELEVANSVARLIG | ELEV, own_bog, NOT_MY_BOG, is_file=True),
    "bog_tillad": Row(ELEV, lambda cast: {"hvad": "skole"}, post_only=True),
    "bog_fortryd": Row(ELEV, lambda cast: {"hvad": "skole"}, post_only=True),
    "elev_evalueringer": Row(STAB | ELEV, elev, BO_IS_HIDDEN),
    "elev_erklaeringer": Row(UDEN_LEDER, elev, dict.fromkeys(["elev", "elevvejleder"], anden_elev)),
    "samling": Row(ELEVANSVARLIG, own_samling, {"elevansvarlig": samling_of_another}),
    "samling_stop": Row(ELEVANSVARLIG, own_samling, {"elevansvarlig": samling_of_another}, post_only=True),
    "samling_hent": Row(ELEVANSVARLIG, own_samling, {"elevansvarlig": samling_of_another}, is_file=True),
    "dokumentkontrol": Row(UDEN_LEDER),
    "dokument_journaliser": Row(ELEVANSVARLIG, dokument),
    "erklaeringer": Row(UDEN_LEDER),
    "erklaering": Row(UDEN_LEDER, til_elev, dict.fromkeys(["elev", "elevvejleder"], anden_til_elev)),
    "erklaering_pdf": Row(
        ELEVANSVARLIG | {Rolle.ELEV}, signed_erklaering, {"elev": anden_signed_erklaering}, is_file=True
    ),
    "erklaering_tilbage": Row(UDEN_LEDER - {Rolle.ELEV}, til_elev, {"elevvejleder": anden_til_elev}, post_only=True),
    "erklaering_set": Row(frozenset({Rolle.ELEV}), til_elev, {"elev": anden_til_elev}, post_only=True),
    "erklaering_underskriv": Row(ELEVANSVARLIG, til_elev, post_only=True),
    "erklaering_afleveret": Row(ELEVANSVARLIG, til_elev, post_only=True),
    "erklaering_bortfald": Row(ELEVANSVARLIG, til_elev),
    "evalueringer": Row(ALLE - {Rolle.ADMINISTRATOR}),
    "evalueringer_excel": Row(ELEVANSVARLIG, is_file=True),
    "evaluering": Row(DELTAGERE, TALK, NOT_MINE),
    "evaluering_skema": Row(DELTAGERE, PLANNED, NOT_MINE),
    "evaluering_begynd": Row(SKRIVER, PLANNED, NOT_MINE, post_only=True),
    "evaluering_svar": Row(DELTAGERE, TALK, NOT_MINE, post_only=True),
    "evaluering_del": Row(SKRIVER, BEGUN, NOT_MINE),
    "evaluering_aabn": Row(DELTAGERE, BEGUN, NOT_MINE),
    "evaluering_overtag": Row(frozenset({Rolle.ELEVVEJLEDER}), BEGUN, NOT_MY_ELEV),
    "evaluering_moede": Row(DELTAGERE, PLANNED, NOT_MINE),
    "evaluering_udsaet": Row(DELTAGERE - {Rolle.ELEV}, PLANNED, NOT_MY_ELEV),
    "evaluering_underskriv": Row(DELTAGERE, TALK, NOT_MINE),
    "evaluering_bortfald": Row(ELEVANSVARLIG, PLANNED),
    "evaluering_kvitter_for": Row(ELEVANSVARLIG, TALK),
    "evaluering_ret": Row(ELEVANSVARLIG, sealed_evaluering),
    # --- rounds, and what is public
    "runder": Row(ELEVANSVARLIG),
    "runde": Row(ELEVANSVARLIG, open_round),
    "runde_ny": Row(ELEVANSVARLIG),
    "runde_ret": Row(ELEVANSVARLIG, open_round),
    "runde_vis": Row(ELEVANSVARLIG, draft_round),
    "runde_udvalg": Row(ELEVANSVARLIG, open_round),
    "runde_offentliggoer": Row(ELEVANSVARLIG, draft_round, post_only=True),
    "runde_tag_ned": Row(ELEVANSVARLIG, open_round, post_only=True),
    "runde_afslut": Row(ELEVANSVARLIG, open_round, post_only=True),
    "runde_slet": Row(ELEVANSVARLIG, draft_round, post_only=True),
    "offentligt": Row(ELEVANSVARLIG, lambda cast: {} if a_story(cast) and a_text(cast) and a_fact(cast) else {}),
    "side_ret": Row(ELEVANSVARLIG, a_text),
    "side_vis": Row(ELEVANSVARLIG, a_text),
    "side_udgiv": Row(ELEVANSVARLIG, a_text, post_only=True),
    "side_kasser": Row(ELEVANSVARLIG, a_text, post_only=True),
    "side_gendan": Row(ELEVANSVARLIG, old_edition, post_only=True),
    "fakta_nyt": Row(ELEVANSVARLIG),
    "fakta_ret": Row(ELEVANSVARLIG, a_fact),
    "fakta_stop": Row(ELEVANSVARLIG, a_fact),
    "adgangsvej_ny": Row(ELEVANSVARLIG),
    "adgangsvej_ret": Row(ELEVANSVARLIG, a_route),
    "adgangsvej_stop": Row(ELEVANSVARLIG, a_route),
    "spoergsmaal_nyt": Row(ELEVANSVARLIG),
    "spoergsmaal_ret": Row(ELEVANSVARLIG, a_question),
    "oplysningstekst_ny": Row(ELEVANSVARLIG),
    "elevhistorie_ny": Row(ELEVANSVARLIG),
    "elevhistorie_ret": Row(ELEVANSVARLIG, a_story),
    "elevhistorie_fjern": Row(ELEVANSVARLIG, a_story, post_only=True),
    "elevhistorie_billede": Row(ELEVANSVARLIG | ELEV, story_with_picture, {"elev": another_story}, is_file=True),
    "historie_svar": Row(LOGGED_IN, post_only=True),
    "min_historie": Row(LOGGED_IN, lambda cast: {} if a_story(cast) else {}),
    "bliv_kontorelev": Row(AABEN, lambda cast: {} if open_round(cast) and public_story(cast) else {}),
    "kontorelev_vej": Row(AABEN, lambda cast: {} if a_route(cast) else {}),
    "kontorelev_oplysninger": Row(AABEN, lambda cast: {} if told_about_data(cast) else {}),
    "kontorelev_afdeling": Row(AABEN, afdeling),
    "stillingsopslag": Row(AABEN, lambda cast: {"slug": open_round(cast, slug=True)}),
    "kontorelev_billede": Row(AABEN, story_with_picture, is_file=True),
    "sitemap": Row(AABEN, is_file=True),
    "robots": Row(AABEN, is_file=True),
    "was": Row(AABEN, is_file=True),
    "min_kalender": Row(ALLE),
    "min_kalender_abonnement": Row(ALLE),
    "min_kalender_fjern": Row(ALLE, post_only=True),
    "min_kalender_fil": Row(AABEN, kwargs=lambda cast: {"noegle": "ukendt"}, is_file=True),
    "udbakke": Row(STYRER),
    "udbakke_proev_igen": Row(STYRER, lambda cast: {"pk": MailFactory(status="fejlet").pk}, post_only=True),
    "opslag": Row(ELEVANSVARLIG),
    "haendelser": Row(ELEVANSVARLIG),
    "sletning": Row(ELEVANSVARLIG),
    "sletning_bekraeft": Row(ELEVANSVARLIG),
    "sletning_person": Row(ELEVANSVARLIG, bruger, {"elevansvarlig": own_account}),
    "sletning_udsaet": Row(ELEVANSVARLIG, bruger, {"elevansvarlig": own_account}),
    "sletning_ophaev": Row(ELEVANSVARLIG, bruger, {"elevansvarlig": own_account}, post_only=True),
    "mine_opslag": Row(LOGGED_IN),
    "mine_oplysninger": Row(LOGGED_IN, is_file=True),
    "postkasse": Row(AABEN),  # in the demo alone
    "postkasse_mail": Row(AABEN, lambda cast: {"pk": MailFactory(status="sendt", brev={}).pk}),
    # --- applicants: nobody is logged in, and the link is the key (tests/rekruttering/test_ansoegning_sider.py)
    "ansoeg": Row(AABEN, lambda cast: {"slug": ansoeger_steps.open_round().slug}),
    "ansoegning_link": Row(AABEN),
    "interesse": Row(AABEN),
    "interesse_bekraeft": Row(AABEN, lambda cast: ansoeger_steps.notice()),
    "min_ansoegning": Row(AABEN, applicants_sent),
    "ansoegning_kvittering": Row(AABEN, applicants_sent),
    "ansoegning_trin": Row(AABEN, lambda cast: applicants_draft(cast) | {"trin": "om-dig"}),
    "ansoegning_fil": Row(AABEN, applicants_file, is_file=True),
    "ansoegning_data": Row(AABEN, applicants_draft, is_file=True),
    "ansoegning_fil_fjern": Row(AABEN, applicants_file, post_only=True),
    "ansoegning_nyt_link": Row(AABEN, applicants_draft, post_only=True),
    "ansoegning_kontakt": Row(AABEN, applicants_draft, post_only=True),
    **dict.fromkeys(
        ["ansoegning_filer", "ansoegning_send", "ansoegning_senere", "ansoegning_traek"],
        Row(AABEN, applicants_draft),
    ),
    "sundhed": Row(AABEN),
    "klar": Row(AABEN),
    **dict.fromkeys(
        [
            "account_change_password",
            "account_email",
            "account_reauthenticate",
            "account_set_password",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_download_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_view_recovery_codes",
            "usersessions_list",
        ],
        Row(ALLAUTH),
    ),
    **dict.fromkeys(
        [
            "account_confirm_login_code",
            "account_email_verification_sent",
            "account_inactive",
            "account_login",
            "account_logout",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key_done",
            "account_signup",
            "mfa_authenticate",
        ],
        Row(AABEN),
    ),
    "account_confirm_email": Row(AABEN, lambda cast: {"key": "ukendt"}),
    "account_reset_password_from_key": Row(AABEN, lambda cast: {"uidb36": "1", "key": "ukendt"}),
}
