"""The questions of one evaluation: those of the form, with the tasks of the department and the goals of the elev."""

from collections.abc import Iterator

from django.db.models import Prefetch

from afdelinger.models import Afdeling, Maalsaet
from evaluering.models import Afsnit, Evalueringsskema, Punkt, Spoergsmaal

Gentages = Spoergsmaal.Gentages
COPIED = ("hjaelp", "hvem", "svarform", "skala", "kraevet", "bruges_til")


def questions_of(skema: Evalueringsskema, afdeling: Afdeling, maalsaet: Maalsaet) -> list[Punkt]:
    """As they would be asked today, numbered and not saved. Four statements at most."""
    repeated = {
        Gentages.OPGAVER: [("opgave", each) for each in afdeling.opgaver.filter(udgaaet=False)],
        Gentages.MAAL: [("maal", each) for each in maalsaet.maal.all()],
    }
    sections = skema.afsnit.prefetch_related(Prefetch("spoergsmaal", Spoergsmaal.objects.select_related("skala")))
    punkter = [
        punkt
        for afsnit in sections
        for spoergsmaal in afsnit.spoergsmaal.all()
        for punkt in _asked(afsnit, spoergsmaal, repeated)
    ]
    for nr, punkt in enumerate(punkter, start=1):
        punkt.nr = nr
    return punkter


def _asked(afsnit: Afsnit, spoergsmaal: Spoergsmaal, repeated: dict) -> Iterator[Punkt]:
    """Once, or once for each task or goal: then the task is the question."""
    words = {name: getattr(spoergsmaal, name) for name in COPIED}
    words |= {"spoergsmaal": spoergsmaal, "afsnit": afsnit.titel, "vejledning": afsnit.vejledning}
    if spoergsmaal.gentages == Gentages.NEJ:
        yield Punkt(tekst=spoergsmaal.tekst, **words)
    for field, thing in repeated.get(spoergsmaal.gentages, ()):
        yield Punkt(tekst=thing.navn, **{field: thing}, **words)
