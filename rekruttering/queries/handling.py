"""What recruiting asks of the elevansvarlig, for "Kræver handling". Numbers only: names stand on the pages."""

from datetime import date, timedelta

from django.urls import reverse

from elevforloeb.core.rules import Rules
from elevforloeb.core.words import count_noun
from elevforloeb.queries.handling import Asked, Handling, line

# Kind, id of the round, its title, nothing, the day, and how many.
ASK = """
select 'ansaet', r.id, r.titel, '', min((t.svaret at time zone 'Europe/Copenhagen')::date), count(*)
from rekruttering_tilbud t join rekruttering_ansoegning a on a.id = t.ansoegning_id
join rekruttering_runde r on r.id = a.runde_id
where t.svar = 'ja' and t.trukket is null and a.tilstand = 'tilbud' group by r.id
union all
select 'tilbud', r.id, r.titel, '', min(t.frist), count(*)
from rekruttering_tilbud t join rekruttering_ansoegning a on a.id = t.ansoegning_id
join rekruttering_runde r on r.id = a.runde_id
where t.svar = '' and t.trukket is null and t.frist < %(dag)s group by r.id
union all
select 'begrundelse', r.id, r.titel, '', min((b.begrundelse_oensket at time zone 'Europe/Copenhagen')::date), count(*)
from rekruttering_brev b join rekruttering_ansoegning a on a.id = b.ansoegning_id
join rekruttering_runde r on r.id = a.runde_id
where b.begrundelse_oensket is not null and b.begrundet is null group by r.id
union all
select 'brev', r.id, r.titel, '', r.svar_senest, count(*)
from rekruttering_ansoegning a join rekruttering_runde r on r.id = a.runde_id
left join rekruttering_brev b on b.ansoegning_id = a.id
where a.tilstand = 'afslag' and b.id is null and r.svar_senest is not null group by r.id
"""
ANSWER = timedelta(days=14)  # within which reasons are to be given (forvaltningsloven § 23)


def ask(now: Rules) -> tuple[str, dict]:
    return ASK, {"dag": now.day}


def _hire(now: Rules, runde: int, titel: str, _, first: date, number: int) -> Handling:
    title = f"{count_noun(number, 'ansøger', 'ansøgere')} har sagt ja til en plads"
    return line(
        now, first, title, f"{titel}: ansæt dem, så de kommer på holdet", "person-add", _board(runde), "Se ansøgerne"
    )


def _offer(now: Rules, runde: int, titel: str, _, last: date, number: int) -> Handling:
    title = f"{count_noun(number, 'tilbud', 'tilbud')} er ikke besvaret til tiden"
    text = f"{titel}: ring til ansøgeren, eller træk tilbuddet tilbage"
    return line(now, last, title, text, "hourglass", _board(runde), "Se ansøgerne")


def _reasons(now: Rules, runde: int, titel: str, _, first: date, number: int) -> Handling:
    title = f"{count_noun(number, 'ansøger', 'ansøgere')} beder om en begrundelse"
    text = f"{titel}: skriv den på ansøgerens side"
    return line(now, first + ANSWER, title, text, "feedback", f"{_board(runde)}?tilstand=afslag", "Se ansøgerne")


def _letters(now: Rules, runde: int, titel: str, _, last: date, number: int) -> Handling:
    title = f"{count_noun(number, 'ansøger', 'ansøgere')} mangler brev om afslag"
    text = f"{titel}: alle skal have svar"
    return line(now, last, title, text, "email", reverse("breve", args=[runde]), "Skriv brevet")


def _board(runde: int) -> str:
    return reverse("ansoegere", args=[runde])


WING = Asked(ask, {"ansaet": _hire, "tilbud": _offer, "begrundelse": _reasons, "brev": _letters})
