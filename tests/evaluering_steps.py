"""Short words for tests of evaluations: a form, and Åse's evaluation in Økonomi brought to the state that is tested."""

from datetime import date

from elevforloeb.models import Ophold
from evaluering.models import Afsnit, Evaluering, Evalueringsskema, Punkt, Skala, Skalatrin, Spoergsmaal, Svar
from evaluering.models.skema import Part
from evaluering.queries.tekst import fingerprint
from evaluering.services.svar import Answer, Saved, save_answers
from evaluering.services.underskrift import sign
from evaluering.services.vejen import begin, open_talk, share
from tests.cast import Cast

STEPS = [("Ikke afprøvet", False), ("Begynder", True), ("Rutineret", True), ("Avanceret", True)]
# afsnit, tekst, hvem, skala?, kraevet?, gentages, bruges_til
QUESTIONS = [
    ("Opgaver", "Afdelingens opgaver", "begge", True, True, "opgaver", ""),
    ("Personligt", "Initiativ", "begge", True, False, "", ""),
    ("Personligt", "Hvad er gået godt?", "begge", False, False, "", ""),
    ("Stedet", "Jeg blev taget godt imod", "elev", True, False, "", "afdeling"),
    ("Aftalt", "Fælles konklusion", "faelles", False, True, "", "fokus"),
]


def make_skema(art="slut", **fields) -> Evalueringsskema:
    """A published form with a question of each kind. There is one version already: this is the next."""
    version = Evalueringsskema.objects.filter(art=art).count() + 1
    fields = {"navn": f"Skema til {art}", "version": version} | fields
    skema = Evalueringsskema.objects.create(art=art, gaelder_fra=date(2020, 1, 1), **fields)
    skala = Skala.objects.create(skema=skema, kode="opgaver", navn="Begynder til avanceret")
    Skalatrin.objects.bulk_create(
        Skalatrin(skala=skala, nr=nr, navn=navn, forklaring=f"{navn}, altså.", er_niveau=er_niveau)
        for nr, (navn, er_niveau) in enumerate(STEPS, start=1)
    )
    titles = dict.fromkeys(titel for titel, *_ in QUESTIONS)
    made = Afsnit.objects.bulk_create(Afsnit(skema=skema, nr=nr, titel=titel) for nr, titel in enumerate(titles, 1))
    sections = {afsnit.titel: afsnit for afsnit in made}
    questions = []
    for nr, (titel, tekst, hvem, is_scale, kraevet, gentages, bruges_til) in enumerate(QUESTIONS, start=1):
        form = {"svarform": "skala", "skala": skala} if is_scale else {"svarform": "tekst"}
        more = {"kraevet": kraevet, "gentages": gentages, "bruges_til": bruges_til}
        questions.append(Spoergsmaal(afsnit=sections[titel], nr=nr, tekst=tekst, hvem=hvem, **form, **more))
    Spoergsmaal.objects.bulk_create(questions)
    skema.status = "udgivet"
    skema.save()
    return skema


def planned(cast: Cast, art="slut", ophold: Ophold | None = None, **fields) -> Evaluering:
    """As the plan made it: nobody has begun. Makes a form when there is none."""
    if not Evalueringsskema.objects.filter(art=art).exists():
        make_skema(art)
    stay = ophold or cast.ophold
    fields = {"frist": date(2027, 12, 17), "elevvejleder": stay.elevvejleder} | fields
    return Evaluering.objects.create(elev=stay.elev, ophold=stay, afdeling=stay.afdeling, art=art, **fields)


def begun(cast: Cast, **fields) -> Evaluering:
    evaluering = planned(cast, **fields)
    return begin(evaluering.elev.bruger, evaluering=evaluering)


def shared(cast: Cast, **fields) -> Evaluering:
    """Both have answered and shared, so the talk is open."""
    evaluering = begun(cast, **fields)
    for person in (evaluering.elev.bruger, evaluering.elevvejleder):
        fill_in(person, evaluering)
        evaluering = share(person, evaluering=evaluering)
    return evaluering


def agreed(cast: Cast, **fields) -> Evaluering:
    """At the talk, with the joint part written: ready to be acknowledged."""
    evaluering = shared(cast, **fields)
    fill_in(evaluering.elevvejleder, evaluering, Part.FAELLES)
    return evaluering


def half_signed(cast: Cast, **fields) -> Evaluering:
    evaluering = agreed(cast, **fields)
    return acknowledge(evaluering.elevvejleder, evaluering)


def sealed(cast: Cast, remark="", **fields) -> Evaluering:
    evaluering = half_signed(cast, **fields)
    return acknowledge(evaluering.elev.bruger, evaluering, remark)


def opened(cast: Cast, **fields) -> Evaluering:
    """The talk began before anybody had shared."""
    evaluering = begun(cast, **fields)
    return open_talk(evaluering.elevvejleder, evaluering=evaluering)


def acknowledge(person, evaluering: Evaluering, bemaerkning="") -> Evaluering:
    """Sign the text as it stands now."""
    return sign(person, evaluering=evaluering, sha256=fingerprint(evaluering), bemaerkning=bemaerkning)


def part_of_person(person, evaluering: Evaluering) -> str:
    return Part.ELEV if evaluering.elev.bruger_id == person.pk else Part.ELEVVEJLEDER


def fill_in(person, evaluering: Evaluering, part=None) -> Saved:
    """An answer to every question that is put to the party: Rutineret, or some words."""
    part = part or part_of_person(person, evaluering)
    asked = [Part.FAELLES] if part == Part.FAELLES else ["begge", part]
    punkter = Punkt.objects.filter(evaluering=evaluering, hvem__in=asked).prefetch_related("skala__trin")
    return save_answers(person, evaluering=evaluering, part=part, answers=[_answer(punkt, part) for punkt in punkter])


def _answer(punkt: Punkt, part: str) -> Answer:
    if punkt.skala is None:
        return Answer(punkt.pk, None, f"Ord fra {part} om {punkt.tekst}", 0)
    return Answer(punkt.pk, next(trin.pk for trin in punkt.skala.trin.all() if trin.navn == "Rutineret"), "", 0)


def write(person, evaluering: Evaluering, tekst: str, version=0, part=None, spoergsmaal="Hvad er gået godt?") -> Saved:
    """One answer in words."""
    punkt = Punkt.objects.get(evaluering=evaluering, tekst=spoergsmaal)
    part = part or part_of_person(person, evaluering)
    answers = [Answer(punkt.pk, None, tekst, version)]
    return save_answers(person, evaluering=evaluering, part=part, answers=answers)


def words(evaluering: Evaluering, part: str, spoergsmaal="Hvad er gået godt?") -> str | None:
    rows = Svar.objects.filter(besvarelse__evaluering=evaluering, besvarelse__part=part, punkt__tekst=spoergsmaal)
    return rows.values_list("tekst", flat=True).first()
