"""One elev's whole course, as the elev, the departments and the elevansvarlig read it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from afdelinger.models import Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import Periode, add_months, format_period, month_name, months_between, today
from elevforloeb.core.rules import Rules, rules
from elevforloeb.forloeb import Forloebsmaaned, Nettouger
from elevforloeb.models import Elev, Kalenderperiode, Ophold
from elevforloeb.proevetid import Proevetid

from . import figures
from .figures import FRAVAER, Art

UNPLANNED, WORTH_A_NAME = "Ikke planlagt endnu", 3  # months without a stay before the strip says so
ICONS = {Art.SKOLE: "student", Art.FERIE: "calendar-month"}


@dataclass(frozen=True)
class Linje:
    """One line of the timeline: a stay, school, or time away."""

    art: str  # ophold, skole, ferie, fravaer
    titel: str
    periode: Periode
    tilstand: str  # gjort, nu, kommer
    ikon: str
    ophold: Ophold | None = None
    netto: Nettouger | None = None


@dataclass(frozen=True)
class Stribemaaned:
    klasse: str
    nu: bool


@dataclass(frozen=True)
class Stribenavn:
    navn: str
    maaneder: int
    periode: str
    klasse: str = ""


@dataclass(frozen=True)
class Stribe:
    maaneder: tuple[Stribemaaned, ...]
    navne: tuple[Stribenavn, ...]
    tekst: str


@dataclass(frozen=True)
class Skridt:
    """Something that happens to the elev, with its day."""

    dato: date
    titel: str
    tekst: str
    ikon: str


@dataclass(frozen=True)
class Forloeb:
    elev: Elev
    dag: date
    rules: Rules
    ophold: tuple[Ophold, ...]
    kalender: tuple[Kalenderperiode, ...]
    maaned: Forloebsmaaned
    viser_fravaer: bool  # False: somebody reads who may know that the elev is away, but not why

    @property
    def nu(self) -> Ophold | None:
        return next((stay for stay in self.ophold if self.dag in stay.span), None)

    @property
    def naeste(self) -> Ophold | None:
        return next((stay for stay in self.ophold if stay.startdato > self.dag), None)

    @property
    def borte(self) -> str:
        """Where the elev is today, when not in the department."""
        row = next((row for row in self.kalender if self.dag in row.span), None)
        return title_of(row, self.viser_fravaer) if row else ""

    @property
    def procent_af_ophold(self) -> int:
        stay = self.nu.span
        return round(100 * ((self.dag - stay.startdato).days + 1) / stay.days)

    @property
    def netto_nu(self) -> Nettouger:
        return figures.net(self.nu, self.kalender)

    @property
    def proevetid(self) -> Proevetid:
        return figures.proevetid(self.elev, self.kalender, self.rules)

    @property
    def stribe(self) -> Stribe:
        return _strip(self)

    @property
    def linjer(self) -> list[Linje]:
        return _timeline(self)

    @property
    def skridt(self) -> list[Skridt]:
        return _next_steps(self)

    @cached_property  # the page asks whether there is anybody, and then who
    def andre(self) -> list[tuple[Bruger, str]]:
        """Whom else to ask, with the reason."""
        people = [(person, "Elevansvarlig") for person in elevansvarlige()]
        if self.naeste and self.naeste.elevvejleder and self.naeste.elevvejleder != (self.nu and self.nu.elevvejleder):
            people.append((self.naeste.elevvejleder, f"Din næste elevvejleder, {self.naeste.afdeling.kortnavn}"))
        return people


def get_forloeb(elev: Elev, *, viser_fravaer: bool) -> Forloeb:
    """Three queries, however long the course is."""
    return Forloeb(
        elev=elev,
        dag=today(),
        rules=rules(),
        ophold=tuple(elev.ophold.select_related("afdeling", "elevvejleder")),
        kalender=tuple(elev.kalenderperioder.all()),
        maaned=figures.month(elev),
        viser_fravaer=viser_fravaer,
    )


def elevansvarlige():
    """Who has the role today."""
    tildelinger = Rolletildeling.objects.on(today()).filter(rolle=Rolle.ELEVANSVARLIG)
    return Bruger.objects.filter(pk__in=tildelinger.values("bruger"), is_active=True)


def title_of(row: Kalenderperiode, viser_fravaer: bool) -> str:
    return "Fraværende" if row.art in FRAVAER and not viser_fravaer else str(row)


def _state(periode: Periode, day: date) -> str:
    if periode.slutdato <= day:
        return "gjort"
    return "nu" if day in periode else "kommer"


def _timeline(forloeb: Forloeb) -> list[Linje]:
    day, lines = forloeb.dag, []
    for stay in forloeb.ophold:
        net = figures.net(stay, forloeb.kalender)
        lines.append(Linje("ophold", stay.afdeling.navn, stay.span, _state(stay.span, day), "business", stay, net))
    for row in forloeb.kalender:
        art = "fravaer" if row.art in FRAVAER else str(row.art)
        icon = ICONS.get(row.art, "time")
        title = title_of(row, forloeb.viser_fravaer)
        lines.append(Linje(art, title, row.span, _state(row.span, day), icon))
    return sorted(lines, key=lambda line: (line.periode.startdato, line.art != "ophold"))


# --- the strip: one segment a month -------------------------------------------------------------------------------


def _strip(forloeb: Forloeb) -> Stribe:
    elev = forloeb.elev
    stays = [_stay_in_month(forloeb, number) for number in range(forloeb.maaned.antal)]
    now = months_between(elev.startdato, forloeb.dag) if forloeb.dag >= elev.startdato else -1
    segments = tuple(
        Stribemaaned(f"afd-farve-{stay.afdeling.farve}" if stay else "tom", number == now)
        for number, stay in enumerate(stays)
    )
    return Stribe(segments, tuple(_names(stays)), _strip_in_words(forloeb))


def _stay_in_month(forloeb: Forloeb, number: int) -> Ophold | None:
    """The stay that holds the middle of the month."""
    middle = add_months(forloeb.elev.startdato, number) + timedelta(days=14)
    return next((stay for stay in forloeb.ophold if middle in stay.span), None)


def _names(stays: list[Ophold | None]) -> list[Stribenavn]:
    """Neighbouring months of one stay become one name under the strip."""
    names, start = [], 0
    for number in range(1, len(stays) + 1):
        if number == len(stays) or stays[number] != stays[start]:
            stay = stays[start]
            names.append(_name(stay, number - start))
            start = number
    return names


def _name(stay: Ophold | None, months: int) -> Stribenavn:
    if stay is None:
        return Stribenavn(UNPLANNED if months >= WORTH_A_NAME else "", months, "", "tom")
    period = format_period(stay.startdato, stay.sidste_dag)
    return Stribenavn(stay.afdeling.kortnavn, months, period, f"afd-farve-{stay.afdeling.farve}")


def _strip_in_words(forloeb: Forloeb) -> str:
    if not forloeb.ophold:
        return "Der er ikke udgivet en plan endnu."
    stays = [
        f"{stay.afdeling.navn} {month_name(stay.startdato)} til {month_name(stay.sidste_dag)}"
        for stay in forloeb.ophold
    ]
    where = f" Nu er det {month_name(forloeb.dag)}." if forloeb.maaned.begyndt and not forloeb.maaned.slut else ""
    rest = " Resten er ikke planlagt endnu." if forloeb.ophold[-1].slutdato < forloeb.elev.slutdato else ""
    return f"Forløbet: {', '.join(stays)}.{rest}{where}"


# --- what comes, by date ------------------------------------------------------------------------------------------


def _next_steps(forloeb: Forloeb) -> list[Skridt]:
    steps = [
        _first_day(forloeb) or _next_shift(forloeb),
        *_next_of_each_kind(forloeb),
        _end_of_proevetid(forloeb),
        _end_of_course(forloeb),
    ]
    return sorted((step for step in steps if step), key=lambda step: step.dato)


def _meeting(stay: Ophold) -> str:
    who = f"Din elevvejleder er {stay.elevvejleder.navn}" if stay.elevvejleder else "Elevvejlederen er ikke valgt endnu"
    return f"{who} · {stay.afdeling.adresse}" if stay.afdeling.adresse else who


def _first_day(forloeb: Forloeb) -> Skridt | None:
    if forloeb.maaned.begyndt or not forloeb.ophold:
        return None
    stay = forloeb.ophold[0]
    return Skridt(stay.startdato, f"Velkommen! Din første dag er i {stay.afdeling.navn}", _meeting(stay), "flag")


def _next_shift(forloeb: Forloeb) -> Skridt | None:
    stay = forloeb.naeste
    if stay is None:
        return None
    return Skridt(stay.startdato, f"Du begynder i {stay.afdeling.navn}", _meeting(stay), "business")


def _next_of_each_kind(forloeb: Forloeb) -> list[Skridt]:
    """The next school and the next holiday, or the one that is now."""
    steps = []
    for art in (Art.SKOLE, Art.FERIE):
        row = next((row for row in forloeb.kalender if row.art == art and row.sidste_dag >= forloeb.dag), None)
        if row is None:
            continue
        days = format_period(row.startdato, row.sidste_dag)
        if row.startdato <= forloeb.dag:
            steps.append(Skridt(row.sidste_dag, f"{row} slutter", days, ICONS[art]))
        else:
            steps.append(Skridt(row.startdato, f"{row} begynder", days, ICONS[art]))
    return steps


def _end_of_proevetid(forloeb: Forloeb) -> Skridt | None:
    last = forloeb.proevetid.sidste_dag
    if last < forloeb.dag or not forloeb.maaned.begyndt:
        return None
    return Skridt(last, "Din prøvetid slutter", "Indtil da kan både du og kommunen stoppe aftalen uden varsel", "flag")


def _end_of_course(forloeb: Forloeb) -> Skridt | None:
    last = forloeb.elev.sidste_dag
    if not forloeb.dag <= last <= add_months(forloeb.dag, 3):
        return None
    return Skridt(last, "Din sidste dag som elev", "Så er du færdiguddannet", "star")
