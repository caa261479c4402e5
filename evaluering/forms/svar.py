"""The answers as a window sends them: trin-7 and tekst-7 for question 7, and in vist-7 what the window was shown."""

from typing import NamedTuple

from django.core.exceptions import BadRequest

from evaluering.queries.felter import mark
from evaluering.services.svar import Answer

LARGEST = 2**31  # of a version; no question or step has a number so large either


class Typed(NamedTuple):
    answers: dict[int, Answer]  # all that the window holds
    changed: list[Answer]  # those somebody has touched in it

    def replaced(self, answer: Answer) -> "Typed":
        others = [each for each in self.changed if each.punkt != answer.punkt]
        return Typed(self.answers | {answer.punkt: answer}, [*others, answer])

    def without(self, punkt: int) -> "Typed":
        kept = {pk: each for pk, each in self.answers.items() if pk != punkt}
        return Typed(kept, [each for each in self.changed if each.punkt != punkt])


def read_answers(data) -> Typed:
    answers, changed = {}, []
    for name in data:
        kind, _, number = name.partition("-")
        if kind != "vist":
            continue
        punkt = _number(number)
        version, _, shown = data[name].partition("-")
        trin, tekst = data.get(f"trin-{punkt}", ""), _plain(data.get(f"tekst-{punkt}", ""))
        answers[punkt] = Answer(punkt, _number(trin) if trin else None, tekst, _number(version))
        if mark(answers[punkt].trin, tekst) != shown:
            changed.append(answers[punkt])
    return Typed(answers, changed)


class Choice(NamedTuple):
    """Of the two texts of a conflict: keep mine, take the saved one, or both. `version`: of the saved one, as shown."""

    hvad: str
    punkt: int
    version: int


def read_choice(data) -> Choice | None:
    what, _, rest = data.get("valg", "").partition(":")
    if what not in ("behold", "brug", "begge"):
        return None
    punkt, _, version = rest.partition(":")
    return Choice(what, _number(punkt), _number(version))


def _plain(text: str) -> str:
    """Browsers send line ends of two characters; NUL is no text."""
    return text.replace("\r\n", "\n").replace("\x00", "")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) < LARGEST):
        raise BadRequest("Formularen er ikke hel. Genindlæs siden.")
    return int(text)
