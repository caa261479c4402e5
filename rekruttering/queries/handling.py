"""What recruiting asks of the elevansvarlig, for "Kræver handling". Numbers only: names stand on the pages."""

from datetime import date, timedelta

from django.urls import reverse

from elevforloeb.core.dates import full_date
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
union all
select 'kladde', r.id, r.titel, '', (r.aabner at time zone 'Europe/Copenhagen')::date, 1
from rekruttering_runde r
where r.tilstand = 'kladde' and (r.aabner at time zone 'Europe/Copenhagen')::date <= %(dag)s
union all
select 'udvalg', r.id, r.titel, '', (r.frist at time zone 'Europe/Copenhagen')::date, 1
from rekruttering_runde r
where r.tilstand = 'offentlig' and (r.aabner at time zone 'Europe/Copenhagen')::date <= %(dag)s
and not exists (select 1 from rekruttering_udvalgsmedlem m where m.runde_id = r.id and m.udtraadt is null)
union all
select 'afslut', r.id, r.titel, '', greatest(r.svar_senest, (r.frist at time zone 'Europe/Copenhagen')::date), 1
from rekruttering_runde r
where r.tilstand = 'offentlig' and (r.frist at time zone 'Europe/Copenhagen')::date < %(dag)s
and not exists (
    select 1 from rekruttering_ansoegning a left join rekruttering_brev b on b.ansoegning_id = a.id
    where a.runde_id = r.id and (a.tilstand not in ('kladde', 'ansat', 'afslag', 'trukket')
    or a.tilstand = 'afslag' and b.id is null)
)
union all
select 'slettes', sag.runde, sag.titel, count(*) filter (where sag.journal is null)::text, sag.dag, count(*)
from (
    select r.id as runde, r.titel, j.id as journal,
    greatest((r.afsluttet + make_interval(months => r.slettes_efter_maaneder))::date, a.beholdes_til) as dag
    from rekruttering_ansoegning a join rekruttering_runde r on r.id = a.runde_id
    left join rekruttering_sagsjournal j on j.ansoegning_id = a.id and j.status = 'skrevet'
    where r.tilstand = 'afsluttet' and a.tilstand <> 'kladde'
) sag
where sag.dag <= %(dag)s::date + %(varsel)s group by sag.runde, sag.titel, sag.dag
union all
select 'journal', r.id, r.titel, '', min((j.tid at time zone 'Europe/Copenhagen')::date), count(*)
from rekruttering_sagsjournal j join rekruttering_ansoegning a on a.id = j.ansoegning_id
join rekruttering_runde r on r.id = a.runde_id
where j.status <> 'skrevet' and j.forsoeg >= %(besvaer)s group by r.id
union all
select 'opstart', 0, '', '', min(p.frist), count(*)
from rekruttering_opstartspunkt p join rekruttering_ansaettelse t on t.id = p.ansaettelse_id
join elevforloeb_elev e on e.id = t.elev_id
where p.gjort is null and p.frist < %(dag)s and (e.stoppet is null or e.stoppet > %(dag)s)
and upper(e.periode) > %(dag)s having count(*) > 0
"""
TROUBLED = 3  # attempts before a person hears that the journal does not answer
ANSWER = timedelta(days=14)  # within which reasons are to be given (forvaltningsloven § 23)


def ask(now: Rules) -> tuple[str, dict]:
    return ASK, {"dag": now.day, "varsel": now.ansoegning_sletning_varsel_dage, "besvaer": TROUBLED}


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


def _draft(now: Rules, runde: int, titel: str, _, opens: date, number: int) -> Handling:
    title = f"{titel} er stadig en kladde"
    text = f"Der skulle kunne søges fra {full_date(opens)}. Offentliggør opslaget, eller vælg en anden dag"
    return line(now, opens, title, text, "edit", reverse("runde", args=[runde]), "Se runden")


def _committee(now: Rules, runde: int, titel: str, _, last: date, number: int) -> Handling:
    title = f"{titel} har ikke noget ansættelsesudvalg"
    text = "Ingen kan læse ansøgningerne, før udvalget er valgt"
    return line(now, last, title, text, "person-add", reverse("runde_udvalg", args=[runde]), "Vælg udvalget")


def _close(now: Rules, runde: int, titel: str, _, last: date, number: int) -> Handling:
    title = f"{titel} kan afsluttes"
    text = "Alle har fået svar. Så begynder tiden, til ansøgningerne bliver slettet"
    return line(now, last, title, text, "check", reverse("runde", args=[runde]), "Afslut runden")


def _deletion(now: Rules, runde: int, titel: str, unfiled: str, last: date, number: int) -> Handling:
    title = f"{count_noun(number, 'ansøgning', 'ansøgninger')} bliver slettet {full_date(last)}"
    left = f"{unfiled} er ikke journaliseret" if int(unfiled) else "Alle er journaliseret"
    return line(now, last, title, f"{titel}: {left}", "delete", reverse("runde_sletning", args=[runde]), "Se dem")


def _journal(now: Rules, runde: int, titel: str, _, since: date, number: int) -> Handling:
    title = f"{count_noun(number, 'sag', 'sager')} kunne ikke sendes til journalen"
    text = f"{titel}: se hvorfor, eller journalisér i hånden"
    return line(now, since, title, text, "warning", reverse("runde_sletning", args=[runde]), "Se dem")


def _points(now: Rules, _, navn, hvad, first: date, number: int) -> Handling:
    title = f"{count_noun(number, 'ting', 'ting')} skulle være gjort, før nye elever begynder"
    text = "Bestil, inviter og aftal det, eller sæt kryds, hvis det er gjort"
    return line(now, first, title, text, "checklist", reverse("opstartsliste"), "Se listen")


def _board(runde: int) -> str:
    return reverse("ansoegere", args=[runde])


LINES = {"ansaet": _hire, "tilbud": _offer, "begrundelse": _reasons, "brev": _letters}
LINES |= {
    "kladde": _draft,
    "udvalg": _committee,
    "afslut": _close,
    "slettes": _deletion,
    "journal": _journal,
    "opstart": _points,
}
WING = Asked(ask, LINES)
