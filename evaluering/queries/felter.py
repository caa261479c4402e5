"""What somebody writes in: each question with what stands there, and the version of it that the window was shown."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import groupby

from elevforloeb.core.words import join_words
from evaluering.models import Evaluering, Punkt, Skalatrin, Svar
from evaluering.models.skema import Part, Spoergeform

from .mangler import answers_to, ends

NOTHING = (None, "")


def mark(trin: int | None, tekst: str) -> str:
    """Of an answer as the window was shown it: what comes back unchanged is not saved again."""
    return sha256(f"{trin or ''}\x1f{tekst}".encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Konflikt:
    """What stands there, saved in another window, while this one has another text."""

    svar: Svar
    version: int  # that this window wrote over

    @property
    def trin(self) -> str:
        return self.svar.trin.navn if self.svar.trin else ""

    @property
    def hvem(self) -> str:
        return self.svar.aendret_af.navn if self.svar.aendret_af_id else ""


class Trinvalg:
    """The steps of a scale to choose among. One for all the questions that have it."""

    def __init__(self, trin: Iterable[Skalatrin]):
        self.trin = list(trin)

    @cached_property
    def ender(self) -> set[int]:
        return ends(self.trin)

    @cached_property
    def enderne(self) -> str:
        """In words, those that need an example."""
        return join_words([f"“{each.navn}”" for each in self.trin if each.pk in self.ender])


INTET_VALG = Trinvalg([])


@dataclass(frozen=True)
class Felt:
    """A question and the answer in the form. `gemt`: as it is saved, or None."""

    punkt: Punkt
    nr: int | None  # none at the talk
    skala: Trinvalg  # in which the parties may have chosen
    er_skala: bool  # whether a step is chosen here, or only a text is asked for
    gemt: Svar | None
    trin: int | None
    tekst: str
    konflikt: Konflikt | None = None

    @property
    def er_besvaret(self) -> bool:
        return bool(self.trin or self.tekst.strip())

    @property
    def skal_have_tekst(self) -> bool:
        return self.er_skala and self.trin in self.skala.ender

    @property
    def viser_tekst(self) -> bool:
        """Whether the room for an example stands open: not before there is something in it, or it must be written."""
        return bool(self.tekst.strip() or self.konflikt) or self.skal_have_tekst

    @property
    def mangler(self) -> bool:
        """Whether the way through the form stops here: not answered, or without the example that must be given."""
        return not self.er_besvaret or (self.skal_have_tekst and not self.tekst.strip())

    @property
    def version(self) -> int:
        return self.gemt.version if self.gemt else 0

    @property
    def vist(self) -> str:
        """The hidden value that follows the answer: which version this window has seen, and what it said.

        Until somebody has chosen between two texts it stays the old one: the next autosave must not choose for her.
        """
        if self.konflikt:
            return f"{self.konflikt.version}-"
        saved = (self.gemt.trin_id, self.gemt.tekst) if self.gemt else NOTHING
        return f"{self.version}-{mark(*saved)}"


@dataclass(frozen=True)
class Afsnit:
    titel: str
    vejledning: str
    felter: list[Felt] = field(default_factory=list)

    @property
    def besvaret(self) -> int:
        return sum(felt.er_besvaret for felt in self.felter)

    @property
    def skalaer(self) -> list[list[Skalatrin]]:
        """The scales that are used here, to be explained once, before the questions."""
        scales = {felt.punkt.skala_id: felt.skala.trin for felt in self.felter if felt.er_skala}
        return list(scales.values())

    @property
    def udenfor(self) -> Skalatrin | None:
        """What the rest may be set to at once, where one thing is asked of many tasks or goals: "ikke afprøvet"."""
        if len(self.skalaer) != 1 or not all(felt.punkt.opgave_id or felt.punkt.maal_id for felt in self.felter):
            return None
        return next((trin for trin in self.skalaer[0] if not trin.er_niveau), None)


def get_fields(evaluering: Evaluering, part: str, typed: dict | None = None, conflicts: Iterable = ()) -> list[Afsnit]:
    """The part's questions by section; FAELLES gets them all. `typed`: what a window holds that is not saved."""
    asked = evaluering.punkter.order_by("nr")
    if part != Part.FAELLES:
        asked = asked.filter(hvem__in=answers_to(part))
    saved = Svar.objects.filter(besvarelse__evaluering=evaluering, besvarelse__part=part).order_by()
    by_punkt = {svar.punkt_id: svar for svar in saved}
    typed = typed or {}
    theirs = {each.punkt: Konflikt(each.theirs, typed[each.punkt].version) for each in conflicts}
    sections: list[Afsnit] = []
    punkter = list(asked)
    scales = {None: INTET_VALG} | {pk: Trinvalg(steps) for pk, steps in _steps_of(punkter).items()}
    for nr, punkt in enumerate(punkter, start=1):
        if not sections or sections[-1].titel != punkt.afsnit:
            sections.append(Afsnit(punkt.afsnit, punkt.vejledning))
        shown = None if part == Part.FAELLES else nr
        found = _field(punkt, shown, by_punkt.get(punkt.pk), part, typed, theirs, scales[punkt.skala_id])
        sections[-1].felter.append(found)
    return sections


def _field(punkt: Punkt, nr, saved: Svar | None, part: str, typed: dict, theirs: dict, skala: Trinvalg) -> Felt:
    trin, tekst = (saved.trin_id, saved.tekst) if saved else NOTHING
    if punkt.pk in typed:
        trin, tekst = typed[punkt.pk].trin, typed[punkt.pk].tekst
    asks_step = punkt.svarform == Spoergeform.SKALA and (part != Part.FAELLES or punkt.hvem == Part.FAELLES)
    return Felt(
        punkt=punkt,
        nr=nr,
        skala=skala,
        er_skala=asks_step,
        gemt=saved,
        trin=trin,
        tekst=tekst,
        konflikt=theirs.get(punkt.pk),
    )


@dataclass(frozen=True)
class Tomt:
    """A form before anybody has written in it."""

    titel: str
    vejledning: str
    punkter: list[tuple[Punkt, list[Skalatrin]]] = field(default_factory=list)


def empty_form(punkter: Iterable[Punkt]) -> list[Tomt]:
    """To be printed. The questions need not be saved: those of a talk that nobody has begun are not."""
    punkter = list(punkter)
    steps = _steps_of(punkter)
    sections: list[Tomt] = []
    for punkt in punkter:
        if not sections or sections[-1].titel != punkt.afsnit:
            sections.append(Tomt(punkt.afsnit, punkt.vejledning))
        sections[-1].punkter.append((punkt, steps.get(punkt.skala_id, [])))
    return sections


def _steps_of(punkter: list[Punkt]) -> dict[int, list[Skalatrin]]:
    """Of each scale. A form has few: each is read once, for all its questions."""
    used = {each.skala_id for each in punkter if each.skala_id}
    found = Skalatrin.objects.filter(skala__in=used).select_related("skala").order_by("skala_id", "nr")
    return {pk: list(steps) for pk, steps in groupby(found, key=lambda trin: trin.skala_id)}
