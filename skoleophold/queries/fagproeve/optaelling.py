"""The latest count against the limits, in words and figures."""

from dataclasses import dataclass

from elevforloeb.core.dates import today
from skoleophold.models import Fagproeve, Tegngraense, Udkastoptaelling
from skoleophold.tegn import LEFT_OUT, Slags

# What can be left out or counted: hidden text never counts, and the text itself always does.
VALG = [(slags.name, slags.value) for slags in Slags if slags not in (Slags.SKJULT, Slags.TEKST)]
STANDARD = [slags.name for slags in LEFT_OUT]


def figure(number: int) -> str:
    """28.350"""
    return f"{number:,}".replace(",", ".")


@dataclass(frozen=True)
class Delelinje:
    navn: str
    tegn: str
    talt_med: bool


@dataclass(frozen=True)
class Taelleside:
    fagproeve: Fagproeve
    antal: int  # how many write it
    graense: Tegngraense | None
    optaelling: Udkastoptaelling | None

    @property
    def tegn(self) -> str:
        about = "" if self.optaelling.praecis else "cirka "
        return f"{about}{figure(self.optaelling.tegn)}"

    @property
    def art(self) -> str:
        """Which tag: a count that is not exact is never said to be right."""
        if not (self.graense and self.optaelling):
            return "info"
        inside = self.graense.mindst <= self.optaelling.tegn <= self.graense.hoejst
        return "ok" if inside and self.optaelling.praecis else "vent"

    @property
    def kort_dom(self) -> str:
        if self.graense is None:
            return "Ingen grænse"
        number = self.optaelling.tegn
        return (
            "For kort" if number < self.graense.mindst else "For lang" if number > self.graense.hoejst else "Inden for"
        )

    @property
    def dom(self) -> str:
        """How it lies against the limits, in a sentence."""
        if self.graense is None:
            return "Der er ingen grænse at måle op imod endnu."
        number, low, high = self.optaelling.tegn, self.graense.mindst, self.graense.hoejst
        if number < low:
            return f"Der mangler {self._about}{figure(low - number)} tegn."
        if number > high:
            return f"Der er {self._about}{figure(number - high)} tegn for meget."
        return f"Det er inden for grænsen. Der er plads til {self._about}{figure(high - number)} tegn mere."

    @property
    def _about(self) -> str:
        return "" if self.optaelling.praecis else "cirka "

    @property
    def maal(self) -> dict[str, int]:
        """The bar: full at the upper limit."""
        return {"max": self.graense.hoejst, "value": min(self.optaelling.tegn, self.graense.hoejst)}

    @property
    def dele(self) -> list[Delelinje]:
        names = self.optaelling.udelad
        return [
            Delelinje(slags.value, figure(number), slags.name not in names and slags is not Slags.SKJULT)
            for slags in Slags
            if (number := self.optaelling.dele.get(slags.name))
        ]


def limit_for(work: Fagproeve, antal: int) -> Tegngraense | None:
    """The limits are those of the day of the hand-in."""
    day = work.afleveret or (work.runde.afleveres if work.runde else today())
    return Tegngraense.objects.on(day).filter(antal=antal).first()


def get_taelleside(work: Fagproeve) -> Taelleside:
    number = work.forsoeg.count()
    return Taelleside(work, number, limit_for(work, number), getattr(work, "optaelling", None))
