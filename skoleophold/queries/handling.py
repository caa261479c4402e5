"""What school asks of the elevansvarlig, for "Kræver handling". A part of the statement of all wings."""

from datetime import date, timedelta

from django.urls import reverse

from elevforloeb.core.dates import full_date
from elevforloeb.core.rules import Rules
from elevforloeb.core.words import count_noun
from elevforloeb.queries.handling import Asked, Handling, line

# Kind, id, name of the class or the elev, name of the period or the subject, the day, and how many.
ASK = """
select 'indkaldelse', p.id, h.navn, coalesce(nullif(p.titel, ''), 'Skoleophold ' || p.nr), lower(p.periode), 0
from skoleophold_skoleperiode p join skoleophold_skolehold h on h.id = p.skolehold_id
where p.indkaldt is null and lower(p.periode) > %(dag)s and lower(p.periode) <= %(dag)s + %(indkaldelse)s
  and exists (select from skoleophold_skoleophold o where o.skoleperiode_id = p.id)
union all
select 'karakterer', p.id, h.navn, coalesce(nullif(p.titel, ''), 'Skoleophold ' || p.nr), upper(p.periode) - 1, count(*)
from skoleophold_skoleperiode p join skoleophold_skolehold h on h.id = p.skolehold_id
join skoleophold_skoleophold o on o.skoleperiode_id = p.id and o.kalenderperiode_id is not null
join elevforloeb_elev e on e.id = o.elev_id
where upper(e.periode) > %(dag)s and (e.stoppet is null or e.stoppet > %(dag)s)
  and upper(p.periode) - 1 + %(karakter)s <= %(dag)s and upper(p.periode) > %(dag)s - %(opgivet)s
  and not exists (select from skoleophold_karakter k where k.elev_id = o.elev_id and k.skoleperiode_id = p.id)
group by p.id, h.navn
union all
select 'ikke_bestaaet', e.id, b.navn, f.navn, coalesce(k.dato, (k.tid at time zone 'Europe/Copenhagen')::date), 0
from skoleophold_karakter k join elevforloeb_elev e on e.id = k.elev_id join afdelinger_bruger b on b.id = e.bruger_id
join skoleophold_fag f on f.id = k.fag_id
where k.vaerdi in ('00', '-3', 'IB') and k.fulgt_op is null
  and upper(e.periode) > %(dag)s and (e.stoppet is null or e.stoppet > %(dag)s)
union all
select status, null, '', '', min(case status when 'sendt' then sendt else behandlet end
  at time zone 'Europe/Copenhagen')::date, count(*)
from skoleophold_udlaeg where status in ('sendt', 'godkendt') group by status
union all
select 'uafleveret', b.id, '', '', (b.tid at time zone 'Europe/Copenhagen')::date, b.antal
from skoleophold_udbetaling b where b.afleveret is null and b.fortrudt is null
"""
GIVEN_UP = 180  # days after which nobody waits for the grades of a period any more
FOLLOW_UP = timedelta(days=14)


def ask(now: Rules) -> tuple[str, dict]:
    days = {"indkaldelse": now.indkaldelse_varsel_dage, "karakter": now.karakter_frist_dage, "opgivet": GIVEN_UP}
    return ASK, {"dag": now.day, **days}


def _summons(now: Rules, pk: int, hold: str, periode: str, first: date, _) -> Handling:
    title = f"Indkaldelsen til {periode} for {hold} mangler"
    text = f"Perioden begynder {full_date(first)}. Skriv ind, hvornår den kom, eller spørg skolen"
    return line(now, first, title, text, "email", reverse("skoleperiode", args=[pk]), "Se perioden")


def _grades(now: Rules, pk: int, hold: str, periode: str, last: date, number: int) -> Handling:
    title = f"{count_noun(number, 'elev', 'elever')} på {hold} mangler karakterer fra {periode}"
    due = last + timedelta(days=now.karakter_frist_dage)
    return line(now, due, title, "Eleverne er påmindet", "student", reverse("skoleperiode", args=[pk]), "Se perioden")


def _not_passed(now: Rules, pk: int, navn: str, fag: str, given: date, _) -> Handling:
    """Quiet: the grade itself does not stand on a front page."""
    text = f"Tal om, hvad der skal ske med {fag}, og om der er en omprøve"
    due = max(given + FOLLOW_UP, now.day + timedelta(days=1))
    return line(
        now, due, f"Følg op med {navn} efter skolen", text, "feedback", reverse("elev_skole", args=[pk]), "Se eleven"
    )


def _expenses(now: Rules, pk: None, hold: str, periode: str, first: date, number: int) -> Handling:
    title = f"{count_noun(number, 'udlæg', 'udlæg')} venter på svar"
    text = f"Det ældste er sendt {full_date(first)}"
    due = first + timedelta(days=now.udlaeg_svar_dage)
    return line(now, due, title, text, "document", f"{reverse('udlaeg_liste')}?status=sendt", "Se udlæg")


def _payments(now: Rules, pk: None, hold: str, periode: str, first: date, number: int) -> Handling:
    title = f"{count_noun(number, 'udlæg', 'udlæg')} mangler at komme med i en udbetaling"
    text = f"Det ældste er godkendt {full_date(first)}"
    due = first + timedelta(days=now.udlaeg_udbetal_dage)
    return line(now, due, title, text, "document", reverse("udbetaling_ny"), "Lav en udbetaling")


def _not_handed_over(now: Rules, pk: int, hold: str, periode: str, made: date, number: int) -> Handling:
    title = f"Udbetaling {pk} med {count_noun(number, 'udlæg', 'udlæg')} er ikke afleveret"
    text = "Send filen til løn eller regnskab, og tryk “Filen er afleveret”"
    return line(now, made + FOLLOW_UP, title, text, "document", reverse("udbetaling", args=[pk]), "Se udbetalingen")


WING = Asked(
    ask,
    {
        "indkaldelse": _summons,
        "karakterer": _grades,
        "ikke_bestaaet": _not_passed,
        "sendt": _expenses,
        "godkendt": _payments,
        "uafleveret": _not_handed_over,
    },
)
