"""A file is read, looked at, and then saved whole as it was shown, or thrown away."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core.dates import now
from elevforloeb.core.errors import StaleError
from elevforloeb.core.files.examine import CheckedFile
from skoleophold.filer import Raekke, read_rows
from skoleophold.models import Indlaesning
from skoleophold.queries import karakterlinjer, periodelinjer
from skoleophold.queries.linjer import Linje, Udfald, counts

from .kalender import save_perioder
from .karakterer import save_karakterer

KEPT = timedelta(days=2)
JUDGES = {Indlaesning.Art.PERIODER: periodelinjer, Indlaesning.Art.KARAKTERER: karakterlinjer}
CHANGED = "Noget er ændret, siden du så listen. Der er ikke gemt noget. Se den nye liste, og gem igen."


def judge(art: str, raekker: list[Raekke]):
    return JUDGES[art].judge(raekker)


@transaction.atomic
def read_file(actor, *, art: str, fil: CheckedFile, standard: dict[str, str] | None = None) -> Indlaesning:
    """`standard`: what a line means where it does not say so itself, fx the class. An earlier look is forgotten."""
    raekker = read_rows(fil.data, JUDGES[art].HEADINGS)
    for name, value in (standard or {}).items():
        for raekke in raekker:
            raekke.felter[name] = raekke.felter.get(name) or value
    linjer, _ = judge(art, raekker)
    Indlaesning.objects.filter(bruger=actor, art=art).delete()
    return Indlaesning.objects.create(
        bruger=actor, art=art, filnavn=fil.navn[-120:], linjer=[linje.as_json() for linje in linjer]
    )


def lines_of(indlaesning: Indlaesning) -> list[Linje]:
    return [Linje.from_json(row) for row in indlaesning.linjer]


def judged_again(indlaesning: Indlaesning):
    """The lines as they are now, and what they would save."""
    return judge(indlaesning.art, [Raekke(linje["nr"], linje["felter"]) for linje in indlaesning.linjer])


@transaction.atomic
def confirm(actor, *, indlaesning: Indlaesning, was: str = "") -> dict[str, int]:
    """Save what was shown, all of it or nothing. `was`: the stand of the consequences for the elever's calendars."""
    indlaesning = Indlaesning.objects.select_for_update().get(pk=indlaesning.pk)
    shown = lines_of(indlaesning)
    linjer, rows = judged_again(indlaesning)
    if linjer != shown:
        raise StaleError(CHANGED)
    number = counts(linjer)
    if number[Udfald.FEJL]:
        raise ValidationError("Der er linjer, der skal rettes. Ret dem i filen, og hent den igen.")
    if indlaesning.art == Indlaesning.Art.PERIODER:
        save_perioder(actor, perioder=rows, was=was)
    else:
        save_karakterer(actor, karakterer=rows)
    indlaesning.delete()
    return number


def show_again(indlaesning: Indlaesning) -> None:
    """After a change elsewhere: the new verdicts become what is shown."""
    linjer, _ = judged_again(indlaesning)
    indlaesning.linjer = [linje.as_json() for linje in linjer]
    indlaesning.save(update_fields=["linjer"])


def discard(indlaesning: Indlaesning) -> None:
    indlaesning.delete()


def forget_files() -> None:
    """What nobody saved within two days holds names and grades that nobody needs."""
    Indlaesning.objects.filter(tid__lt=now() - KEPT).delete()
