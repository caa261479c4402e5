"""What AUB and the study trips ask of the elevansvarlig, for "Kræver handling". A part of one statement of all."""

from datetime import date, timedelta

from django.urls import reverse

from elevforloeb.core.dates import full_date
from elevforloeb.core.rules import Rules
from elevforloeb.core.words import count_noun
from elevforloeb.queries.handling import Asked, Handling, line

from .aub import ENOUGH, Tilstand

# Kind, id, name of the class or the elev, name of the period or the trip, the day, and how many.
ASK = """
with ophold as (
  select o.id, o.elev_id, o.skoleperiode_id, k.periode * daterange(null, e.stoppet) as periode, a.brev_tjekket,
         a.udbetalt, a.udbetalt_dato, a.afsluttet, a.ugeloen, a.ugeloen_indberettet, a.uddannelsesaar,
         o.dage_til_stede + o.dage_syg as dage
  from skoleophold_skoleophold o join elevforloeb_kalenderperiode k on k.id = o.kalenderperiode_id
  join elevforloeb_elev e on e.id = o.elev_id and (e.stoppet is null or e.stoppet > lower(k.periode))
  left join skoleophold_aub a on a.skoleophold_id = o.id
  where upper(k.periode) >= %(dag)s - %(aar)s::interval  -- the others are too late
), skole as (
  select p.id, p.skolehold_id, p.periode, p.studietur, h.navn hold,
         coalesce(nullif(p.titel, ''), 'Skoleophold ' || p.nr) navn
  from skoleophold_skoleperiode p join skoleophold_skolehold h on h.id = p.skolehold_id
)
select 'aub_tjek', s.id, s.hold, s.navn, (max(upper(o.periode)) - 1 + %(tjek)s)::date, count(*)
from ophold o join skole s on s.id = o.skoleperiode_id
where o.brev_tjekket is null and o.udbetalt is null and o.afsluttet is null
  and upper(o.periode) - 1 + %(tjek)s <= %(dag)s and upper(o.periode) > %(dag)s - %(opgivet)s
group by s.id, s.hold, s.navn
union all
select 'aub_frist', s.skolehold_id, s.hold, s.navn, min(upper(o.periode) - 1 + %(aar)s::interval)::date, count(*)
from ophold o join skole s on s.id = o.skoleperiode_id
where o.udbetalt is null and o.afsluttet is null
  and upper(o.periode) - 1 + %(aar)s::interval between %(dag)s and %(dag)s + %(varsel)s
group by s.id, s.skolehold_id, s.hold, s.navn
union all
select 'aub_ugeloen', f.id, b.navn, '', upper(f.periode) - 1, 0
from (select distinct on (elev_id) * from ophold order by elev_id, lower(periode)) f
join elevforloeb_elev e on e.id = f.elev_id join afdelinger_bruger b on b.id = e.bruger_id
where e.voksenelev and lower(f.periode) <= %(dag)s and upper(f.periode) > %(dag)s - %(opgivet)s
  and f.ugeloen_indberettet is null and f.afsluttet is null
union all
select 'aub_afviger', s.skolehold_id, s.hold, s.navn, min(coalesce(o.udbetalt_dato, upper(o.periode))), count(*)
from ophold o join skole s on s.id = o.skoleperiode_id join elevforloeb_elev e on e.id = o.elev_id
join skoleophold_aubsats r on r.periode @> lower(o.periode)
  and r.art = case when e.voksenelev then 'voksen' else o.uddannelsesaar::text end
cross join lateral (select count(*) from generate_series(lower(o.periode), upper(o.periode) - 1, interval '1 day') d
  where extract(isodow from d) < 6) as hverdage(antal)
where o.udbetalt is not null and o.afsluttet is null and upper(o.periode) <= %(dag)s
  and abs(o.udbetalt - round(coalesce(o.dage, hverdage.antal) / 5.0 * least(r.beloeb, o.ugeloen), 2)) >= %(krone)s
group by s.id, s.skolehold_id, s.hold, s.navn
union all
select 'tur_mangler', s.id, s.hold, s.studietur, lower(s.periode), 0
from skole s left join skoleophold_studietur t on t.skoleperiode_id = s.id
where s.studietur <> '' and t.id is null and lower(s.periode) > %(dag)s and lower(s.periode) <= %(dag)s + %(tur)s
  and exists (select from ophold o where o.skoleperiode_id = s.id)
union all
select 'tur_punkter', t.id, s.hold, t.destination, min(lower(t.periode) - p.dage_foer), count(distinct o.elev_id)
from skoleophold_studietur t join skole s on s.id = t.skoleperiode_id
join skoleophold_turpunkt p on p.studietur_id = t.id join ophold o on o.skoleperiode_id = t.skoleperiode_id
join elevforloeb_elev e on e.id = o.elev_id and (e.stoppet is null or e.stoppet > lower(t.periode))
left join skoleophold_turkryds k on k.turpunkt_id = p.id and k.elev_id = o.elev_id
left join skoleophold_noedkontakt n on p.art = 'noedkontakt' and n.studietur_id = t.id and n.elev_id = o.elev_id
where lower(t.periode) > %(dag)s and lower(t.periode) - p.dage_foer < %(dag)s and k.id is null and n.id is null
group by t.id, s.hold, t.destination
"""
LOOK_INTO = timedelta(days=14)
GIVEN_UP = 180  # days after which only the deadline itself is told about


def ask(now: Rules) -> tuple[str, dict]:
    days = {"tjek": now.aub_tjek_dage, "varsel": now.aub_varsel_dage, "opgivet": GIVEN_UP}
    return ASK, days | {
        "krone": ENOUGH,
        "tur": now.studietur_varsel_dage,
        "aar": f"{now.aub_frist_aar} years",
        "dag": now.day,
    }


def _check(now: Rules, pk: int, navn: str, periode: str, due: date, number: int) -> Handling:
    title = f"Tjek AUB for {count_noun(number, 'elev', 'elever')} på {navn}, {periode}"
    text = "Passer brevet med dagene på skolen? Ret det på virk.dk, hvis det ikke gør"
    return line(now, due, title, text, "assignment", reverse("aub_periode", args=[pk]), "Tjek AUB")


def _deadline(now: Rules, hold: int, navn: str, periode: str, last: date, number: int) -> Handling:
    title = f"AUB for {count_noun(number, 'elev', 'elever')} på {navn}, {periode}, er ikke udbetalt"
    text = f"Efter {full_date(last)} kan I ikke få pengene"
    return line(now, last, title, text, "hourglass", f"{_register(hold)}&sort=frist", "Se registret")


def _pay(now: Rules, pk: int, navn: str, _, due: date, __) -> Handling:
    title, text = f"Skriv ugelønnen for {navn} ind på virk.dk", "En voksenelevs første skoleophold skal have den"
    return line(now, due, title, text, "edit", reverse("aub_ret", args=[pk]), "Se refusionen")


def _differs(now: Rules, hold: int, navn: str, periode: str, paid: date, number: int) -> Handling:
    """As Aublinje.forskel reckons it; a test holds the two together."""
    title = f"AUB har betalt et andet beløb end ventet for {count_noun(number, 'elev', 'elever')} på {navn}, {periode}"
    text = "Ret det på virk.dk, eller afslut rækken, og skriv hvorfor"
    url = f"{_register(hold)}&status={Tilstand.AFVIGER}"
    return line(now, paid + LOOK_INTO, title, text, "warning", url, "Se forskellen")


def _trip(now: Rules, periode: int, hold: str, destination: str, first: date, _) -> Handling:
    title = f"Studieturen til {destination} for {hold} skal gøres klar"
    due = max(first - timedelta(days=now.studietur_klar_dage), now.day)
    text = f"Skoleperioden begynder {full_date(first)}. Skriv datoer og program, så får eleverne tjeklisten"
    return line(now, due, title, text, "flag", reverse("studietur_ny", args=[periode]), "Gør klar")


def _points(now: Rules, pk: int, hold: str, destination: str, due: date, number: int) -> Handling:
    title = f"{count_noun(number, 'elev', 'elever')} på {hold} mangler noget til studieturen til {destination}"
    return line(now, due, title, "De er påmindet", "flag", reverse("studietur", args=[pk]), "Se tjeklisten")


def _register(hold: int) -> str:
    return f"{reverse('aub')}?skolehold={hold}"


WING = Asked(
    ask,
    {
        "aub_tjek": _check,
        "aub_frist": _deadline,
        "aub_ugeloen": _pay,
        "aub_afviger": _differs,
        "tur_mangler": _trip,
        "tur_punkter": _points,
    },
)
