"""What the fagprøver ask of the elevansvarlig, for "Kræver handling". A part of the statement of all wings."""

from datetime import date, timedelta

from django.urls import reverse

from elevforloeb.core.dates import add_months, full_date
from elevforloeb.core.rules import Rules
from elevforloeb.core.words import count_noun
from elevforloeb.queries.handling import Asked, Handling, line

FOLLOW_UP = timedelta(days=14)

# Kind, id, name of the class or the elev, name of the dates, the day, and how many.
ASK = """
select 'fp_bagud', r.id, h.navn, r.navn, min(m.frist), count(*)
from skoleophold_fagproeveforsoeg s join skoleophold_fagproeve f on f.id = s.fagproeve_id
join skoleophold_fagproeverunde r on r.id = f.runde_id join skoleophold_skolehold h on h.id = r.skolehold_id
join elevforloeb_elev e on e.id = s.elev_id
cross join lateral (select min(dag) as frist from (values
  (case when f.status = 'emne' then r.emne_senest end),
  (case when f.status in ('emne', 'skrives') then r.problem_senest end),
  (case when f.status in ('emne', 'skrives', 'sendt') then r.godkendt_senest end),
  (case when f.status <> 'afleveret' and f.data_indsamlet is null then r.data_senest end),
  (case when f.status <> 'afleveret' then r.afleveres end),
  (coalesce(s.eksamen, r.eksamen_til))) as d(dag) where dag < %(dag)s) m
where s.vaerdi = '' and m.frist is not null
  and upper(e.periode) > %(dag)s and (e.stoppet is null or e.stoppet > %(dag)s)
group by r.id, h.navn, r.navn
union all
select 'fp_tillaeg', f.id, b.navn, '', s.bedoemt, 0
from skoleophold_fagproeveforsoeg s join skoleophold_fagproeve f on f.id = s.fagproeve_id
join elevforloeb_elev e on e.id = s.elev_id join afdelinger_bruger b on b.id = e.bruger_id
where s.vaerdi in ('00', '-3') and s.tillaeg_klaret is null
  and upper(e.periode) > %(dag)s and (e.stoppet is null or e.stoppet > %(dag)s)
union all
select 'fp_uden_datoer', f.id, b.navn, '', max(p.bedoemt), 0
from skoleophold_fagproeveforsoeg s join skoleophold_fagproeve f on f.id = s.fagproeve_id and f.runde_id is null
join elevforloeb_elev e on e.id = s.elev_id join afdelinger_bruger b on b.id = e.bruger_id
join skoleophold_fagproeveforsoeg p on p.elev_id = s.elev_id and p.bedoemt is not null
where s.vaerdi = '' and upper(e.periode) > %(dag)s and (e.stoppet is null or e.stoppet > %(dag)s)
group by f.id, b.navn
union all
select 'fp_datoer', h.id, h.navn, '', min(upper(e.periode)), count(*)
from skoleophold_skolehold h
join skoleophold_tilknytning t on t.skolehold_id = h.id and t.periode @> %(dag)s::date
join elevforloeb_elev e on e.id = t.elev_id
where upper(e.periode) <= %(fp_inden)s and upper(e.periode) > %(dag)s and (e.stoppet is null or e.stoppet > %(dag)s)
  and not exists (select from skoleophold_fagproeverunde r where r.skolehold_id = h.id)
  and not exists (select from skoleophold_fagproeveforsoeg s where s.elev_id = e.id)
group by h.id, h.navn
union all
select 'fp_advarsel', 0, '', '', min(coalesce(s.eksamen, r.eksamen_fra)), count(*)
from skoleophold_fagproeveforsoeg s join skoleophold_fagproeve f on f.id = s.fagproeve_id
left join skoleophold_fagproeverunde r on r.id = f.runde_id join elevforloeb_elev e on e.id = s.elev_id
where s.vaerdi = '' and upper(e.periode) > %(dag)s and (e.stoppet is null or e.stoppet > %(dag)s)
  and (coalesce(s.eksamen, r.eksamen_til) >= least(upper(e.periode), e.stoppet)
    or coalesce(s.eksamen, r.eksamen_fra)
      < least(upper(e.periode), e.stoppet) - make_interval(months => %(fp_tidligst)s))
having count(*) > 0
"""


def ask(now: Rules) -> tuple[str, dict]:
    within = add_months(now.day, now.fagproeve_datoer_maaneder)
    return ASK, {"dag": now.day, "fp_inden": within, "fp_tidligst": now.fagproeve_tidligst_maaneder}


def _behind(now: Rules, pk: int, hold: str, navn: str, frist: date, number: int) -> Handling:
    title = f"{count_noun(number, 'elev', 'elever')} på {hold} er bagud med fagprøven"
    text = "Se, hvem der skal gøre noget. Eleverne er påmindet"
    return line(now, frist, title, text, "assignment", reverse("fagproeverunde", args=[pk]), "Se fagprøverne")


def _extension(now: Rules, pk: int, navn: str, _, given: date, __) -> Handling:
    """The grade itself does not stand on a front page."""
    text = "Fagprøven kræver et nyt forsøg. Systemet forlænger ikke aftalen selv"
    title = f"Tag stilling til et tillæg til aftalen med {navn}"
    return line(now, given + FOLLOW_UP, title, text, "assignment", reverse("fagproeve", args=[pk]), "Se fagprøven")


def _undated(now: Rules, pk: int, navn: str, _, given: date, __) -> Handling:
    text = "Spørg skolen, skriv datoerne på skoleholdet, og vælg dem her"
    title = f"{navn} har et nyt forsøg på fagprøven uden datoer"
    url = reverse("fagproeve_runde", args=[pk])
    return line(now, given + FOLLOW_UP, title, text, "calendar-month", url, "Vælg datoer")


def _dates(now: Rules, pk: int, hold: str, _, end: date, number: int) -> Handling:
    """Due when the last half year begins, in which the fagprøve lies."""
    due = add_months(end, -now.fagproeve_tidligst_maaneder)
    title = f"{hold} mangler datoer for fagprøven"
    text = f"{count_noun(number, 'elev', 'elever')} skal til fagprøve i det halve år fra {full_date(due)}"
    url = reverse("fagproeverunde_ny", args=[pk])
    return line(now, due, title, text, "calendar-month", url, "Skriv datoerne ind")


def _misplaced(now: Rules, _, __, ___, exam: date, number: int) -> Handling:
    title = f"{count_noun(number, 'elev', 'elever')} har en fagprøve, der ligger forkert"
    text = "Eksamen er for tidligt eller efter aftalens slutning. Tal med skolen"
    url = f"{reverse('fagproever')}?vis=advarsel"
    return line(now, min(exam, now.day), title, text, "warning", url, "Se hvem")


WING = Asked(
    ask,
    {
        "fp_bagud": _behind,
        "fp_tillaeg": _extension,
        "fp_uden_datoer": _undated,
        "fp_datoer": _dates,
        "fp_advarsel": _misplaced,
    },
)
