"""Side by side: what each answered to the same question, how far apart they are, and what they agreed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from evaluering.models import Besvarelse, Evaluering, Svar
from evaluering.models.skema import Part
from evaluering.permissions import WRITERS

from .felter import Afsnit, Felt

FAR_APART = 2  # levels: the two should talk about it


class Trin(NamedTuple):
    nr: int
    navn: str
    er_niveau: bool


@dataclass(frozen=True)
class Svarlinje:
    """One party's answer as it is read. `niveau` counts from 1 among the levels; None: none is chosen."""

    trin: str = ""
    niveau: int | None = None
    niveauer: int = 0
    tekst: str = ""

    def __bool__(self) -> bool:
        return bool(self.trin or self.tekst)

    @property
    def streger(self) -> list[bool]:
        return [nr <= self.niveau for nr in range(1, self.niveauer + 1)] if self.niveau else []


@dataclass(frozen=True)
class Raekke:
    """A question with both answers. `felt`: where the joint remark is written; without it, `aftalt` is read."""

    tekst: str
    hjaelp: str
    hvem: str
    svar: list[Svarlinje]  # in the order of WRITERS
    aftalt: Svarlinje
    felt: Felt | None = None

    @property
    def er_faelles(self) -> bool:
        return self.hvem == Part.FAELLES

    @property
    def kun(self) -> str:
        """Who alone was asked, in words."""
        return Part(self.hvem).label.lower() if self.hvem in WRITERS else ""

    @property
    def forskel(self) -> bool:
        levels = [each.niveau for each in self.svar if each.niveau]
        return len(levels) == len(WRITERS) and max(levels) - min(levels) >= FAR_APART


@dataclass(frozen=True)
class Del:
    """A section, read."""

    titel: str
    vejledning: str
    raekker: list[Raekke] = field(default_factory=list)

    @property
    def har_aftalt(self) -> bool:
        """Is there a column of joint remarks: where they are written, and where one was."""
        return any(row.felt or row.aftalt for row in self.raekker)

    @property
    def er_faelles(self) -> bool:
        return all(row.er_faelles for row in self.raekker)


def differences(dele: Iterable[Del]) -> list[Raekke]:
    """What the two should talk about first."""
    return [row for del_ in dele for row in del_.raekker if row.forskel]


def of_content(content: dict) -> list[Del]:
    """As it was signed: from the frozen text alone."""
    return [
        Del(each["titel"], each["vejledning"], [_frozen(punkt) for punkt in each["punkter"]])
        for each in content["afsnit"]
    ]


def _frozen(punkt: dict) -> Raekke:
    steps = [Trin(each["nr"], each["navn"], each["er_niveau"]) for each in punkt["trin"]]

    def line(part: str) -> Svarlinje:
        given = punkt["svar"].get(part)
        return _line(steps, given["trin"] and given["trin"]["nr"], given["tekst"]) if given else Svarlinje()

    answers = [line(part) for part in WRITERS]
    return Raekke(punkt["tekst"], punkt["hjaelp"], punkt["hvem"], answers, line(Part.FAELLES))


def of_talk(evaluering: Evaluering, user, joint: list[Afsnit], drafts: Iterable[Besvarelse]) -> list[Del]:
    """While they talk: what is shared, one's own even when it is not, and the fields they write in together."""
    readable = [each.pk for each in drafts if each.part in WRITERS and (each.delt or each.forfatter_id == user.pk)]
    given = Svar.objects.filter(besvarelse__in=readable).select_related("besvarelse", "trin")
    answers = {(svar.besvarelse.part, svar.punkt_id): svar for svar in given}
    return [Del(a.titel, a.vejledning, [_open(felt, answers) for felt in a.felter]) for a in joint]


def _open(felt: Felt, answers: dict) -> Raekke:
    punkt = felt.punkt
    steps = [Trin(each.nr, each.navn, each.er_niveau) for each in felt.skala.trin]

    def line(part: str) -> Svarlinje:
        svar = answers.get((part, punkt.pk))
        return _line(steps, svar.trin and svar.trin.nr, svar.tekst) if svar else Svarlinje()

    return Raekke(punkt.tekst, punkt.hjaelp, punkt.hvem, [line(part) for part in WRITERS], Svarlinje(), felt)


def _line(steps: Sequence[Trin], nr: int | None, tekst: str) -> Svarlinje:
    levels = [each.nr for each in steps if each.er_niveau]
    name = next((each.navn for each in steps if each.nr == nr), "")
    return Svarlinje(name, levels.index(nr) + 1 if nr in levels else None, len(levels), tekst)
