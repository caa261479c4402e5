"""The letters of the evaluations. They name a kind of talk, a department and a day: never an elev, never an answer."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone

from afdelinger.models import Bruger
from elevforloeb.core.dates import full_date, relative_days, today
from elevforloeb.core.letters import Letter, mail
from elevforloeb.core.models import Mail
from elevforloeb.core.rules import rules
from evaluering.queries.skylder import Skyld, debts
from evaluering.rykkertrin import Tider, Trin

MOST_LINES = 10
TONE = {
    Trin.VARSEL: ("Der er noget, du skal i gang med", "Det her tager tid, så begynd nu:"),
    Trin.VARSEL_IGEN: ("Der er noget, du skal i gang med", "Det her er ikke færdigt, og fristen kommer nærmere:"),
    Trin.FOER: ("Du har snart frist", "Der er noget, du skal nå:"),
    Trin.DAGEN: ("Fristen er i dag", "I dag er fristen for det her:"),
    Trin.RYKKER: ("Fristen er gået", "Fristen er gået, og vi mangler dig. Tag det i dag, hvis du kan:"),
    Trin.RYKKER_IGEN: (
        "Vi mangler stadig noget fra dig",
        "Vi har skrevet før, og fristen er gået for flere dage siden. Gør det nu, eller aftal en ny frist med den "
        "elevansvarlige, som ellers får besked:",
    ),
    Trin.ESKALERET: (
        "Noget er ikke blevet gjort til tiden",
        "Det her er ikke afsluttet, selv om vi har mindet om det flere gange. Tag fat i dem, det handler om, eller "
        "giv en ny frist:",
    ),
}


@mail("paamindelser", "Påmindelse om det, du mangler")
def paamindelser(modtager, data) -> Letter | None:
    """Everything that is owed when it is sent. No longer wanted when all that gave cause for it is done.

    Nor when one has been sent today: after a time without mail the first of them has said it all.
    """
    if _has_got_one_today(modtager):
        return None
    now = rules()
    times = Tider.of(now)
    owed = [(each, step) for each in debts(modtager, now) if (step := _tone(each, times, now.day))]
    cause = {occasion.rsplit(":", 1)[0] for occasion in data["nyt"]}
    steps = [step for each, step in owed if f"{each.slags}:{each.pk}:{each.frist}" in cause]
    if not steps:
        return None
    emne, intro = TONE[max(steps, key=list(Trin).index)]
    url = owed[0][0].url if len(owed) == 1 else reverse("forside")
    return Letter(emne, "\n\n".join([intro, *_lines(each for each, _ in owed)]), url, "Se, hvad du mangler")


def _lines(owed: Iterable[Skyld]) -> list[str]:
    """The letter names no elev, so what is owed for several of them would be the same line over and over."""
    told = Counter(_line(each) for each in owed)
    lines = [f"{text} Det gælder {number} elever." if number > 1 else text for text, number in told.items()]
    if more := sum(list(told.values())[MOST_LINES:]):
        return [*lines[:MOST_LINES], f"… og {more} mere"]
    return lines


def _has_got_one_today(person: Bruger) -> bool:
    sent = Mail.objects.filter(modtager=person, skabelon="paamindelser", status=Mail.Status.SENDT)
    return sent.filter(sendt__date=timezone.localdate(timezone.now())).exists()  # sending lives by the real clock


def _tone(skyld: Skyld, times: Tider, day: date) -> Trin | None:
    return Trin.ESKALERET if skyld.eskaleret else times.tone(skyld.frist, day, skyld.slags)


def _line(skyld: Skyld) -> str:
    when = "i dag" if skyld.frist == today() else f"{full_date(skyld.frist)}, {relative_days(skyld.frist)}"
    return f"– {skyld.navn}: {skyld.opgave[0].lower()}{skyld.opgave[1:]}. Frist {when}."
