"""What is wrong with a draft of a plan, and what could be done about it.

`check_plan` looks at one hold's draft, but counts the load of every hold: an afdeling does not care which hold an elev
belongs to. The rules know nothing of the database: `queries` fills in a `Plan`, the page shows the `Problem`s.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from elevforloeb.belaegning import overbookings
from elevforloeb.core.dates import (
    Periode,
    add_months,
    days_inside,
    full_date,
    merge,
    month_name,
    months_between,
    period_in_words,
    short_date,
)
from elevforloeb.core.words import count_noun, join_words
from elevforloeb.core.workdays import workdays
from elevforloeb.placering import Placering
from elevforloeb.plandata import (
    Forslag,
    Handling,
    Niveau,
    Plan,
    PlanAfdeling,
    PlanElev,
    PlanIndex,
    Problem,
    Problemkode,
)

LEVELS = list(Niveau)
LONGEST_STRETCH = 62  # days; a longer hole is a stay that is missing, and no neighbour should be stretched over it
MOST_NAMES = 6  # in one sentence


def check_plan(plan: Plan, since: date = date.min, index: PlanIndex | None = None) -> list[Problem]:
    """Every problem of the draft, the worst first, then by date; what was over before `since` is left alone."""
    index = index or PlanIndex(plan)
    problems = [problem for afdeling in plan.afdelinger for problem in _check_afdeling(index, afdeling)]
    problems += _gaps(index)
    problems += [problem for elev in plan.elever for problem in _check_elev(index, elev)]
    return sorted((each for each in problems if each.periode.slutdato > since), key=_urgency)


def _urgency(problem: Problem):
    return LEVELS.index(problem.niveau), problem.periode.startdato, problem.tekst


# --- one afdeling ---------------------------------------------------------------------------------


def _check_afdeling(index: PlanIndex, afdeling: PlanAfdeling) -> Iterator[Problem]:
    yield from _overbooked(index, afdeling)
    yield from _without_vejleder(index, afdeling)


def _overbooked(index: PlanIndex, afdeling: PlanAfdeling) -> Iterator[Problem]:
    # Before it opens and after it closes the afdeling is closed, which is a problem of its own.
    load = [part for period in index.load(afdeling.id) if (part := period.overlap(afdeling.aaben))]
    for found in overbookings(load, afdeling.pladser):
        stays = [stay for stay in index.by_afdeling[afdeling.id] if stay.periode.overlap(found.periode)]
        if not stays:
            continue  # another hold's draft did it; this one can do nothing about it
        elever = count_noun(found.elever, "elev", "elever")
        pladser = count_noun(found.pladser, "plads", "pladser")
        yield Problem(
            Problemkode.OVERBOOKET,
            Niveau.FEJL,
            f"{afdeling.navn} har {elever} på {pladser} {_when(found.periode)}",
            f"Flyt {_one_of(index, stays)}.",
            periode=found.periode,
            elever=_ids(stays),
            afdelinger=(afdeling.id,),
            forslag=tuple(_move(index, stay) for stay in stays),
        )


def _without_vejleder(index: PlanIndex, afdeling: PlanAfdeling) -> Iterator[Problem]:
    """One line per afdeling: a new draft lacks them all, and a line per stay would hide everything else."""
    stays = [stay for stay in index.by_afdeling[afdeling.id] if stay.elevvejleder is None]
    if stays:
        yield Problem(
            Problemkode.MANGLER_VEJLEDER,
            Niveau.VENT,
            f"{_names_or_number(index, stays)} mangler en elevvejleder i {afdeling.navn}",
            "Vælg en elevvejleder til hvert ophold.",
            periode=stays[0].periode,
            elever=_ids(stays),
            afdelinger=(afdeling.id,),
            forslag=tuple(_choose_vejleder(index, stay) for stay in stays),
        )


# --- one elev -------------------------------------------------------------------------------------


def _check_elev(index: PlanIndex, elev: PlanElev) -> Iterator[Problem]:
    stays = index.by_elev[elev.id]
    yield from _overlaps(index, elev, stays)
    yield from _same_afdeling(index, elev, stays)
    if not _holes_of(index, elev):  # with a hole it is plain that a stay is missing
        yield from _number_of_stays(elev, stays)
    for stay in stays:
        yield from _outside_agreement(index, elev, stay)
        yield from _closed(index, elev, stay)
        yield from _vejleder_without_role(index, elev, stay)
        yield from _only_absence(index, elev, stay)


def _overlaps(index: PlanIndex, elev: PlanElev, stays: list[Placering]) -> Iterator[Problem]:
    for stay, later in _with_longest_before(stays):
        if both := stay.periode.overlap(later.periode):
            yield Problem(
                Problemkode.OVERLAP,
                Niveau.FEJL,
                f"{elev.navn} har to ophold på samme tid {_when(both)}",
                f"{index.navn(stay.afdeling)} og {index.navn(later.afdeling)}.",
                periode=both,
                elever=(elev.id,),
                afdelinger=(stay.afdeling, later.afdeling),
                forslag=tuple(_make_room(index, stay, later)),
            )


def _with_longest_before(stays: list[Placering]) -> Iterator[tuple[Placering, Placering]]:
    """Each stay with the one before it that ends last: a long stay can overlap more than its neighbour."""
    longest = stays[0] if stays else None
    for stay in stays[1:]:
        yield longest, stay
        longest = max(longest, stay, key=lambda each: each.slutdato)


def _make_room(index: PlanIndex, stay: Placering, later: Placering) -> Iterator[Forslag]:
    """End the first stay earlier, or begin the second later, where that leaves anything of it."""
    if stay.startdato < later.startdato:
        yield _resize(index, Handling.AFKORT, stay, Periode(stay.startdato, later.startdato))
    if stay.slutdato < later.slutdato:
        yield _resize(index, Handling.AFKORT, later, Periode(stay.slutdato, later.slutdato))
    yield _move(index, later)


def _gaps(index: PlanIndex) -> Iterator[Problem]:
    """One line per stretch: when a whole hold lacks its second year, a line per elev would hide everything else."""
    stretches: dict[Periode, list[PlanElev]] = {}
    for elev in index.plan.elever:
        for gap in _holes_of(index, elev):
            stretches.setdefault(gap, []).append(elev)
    for gap, elever in stretches.items():
        who = join_words([elev.navn for elev in elever]) if len(elever) <= 3 else f"{len(elever)} elever"
        at_the_end = all(index.by_elev[elev.id] and gap.slutdato == elev.aftale.slutdato for elev in elever)
        yield Problem(
            Problemkode.HUL,
            Niveau.VENT,
            f"{who} har ingen afdeling {_from(gap.startdato) if at_the_end else _when(gap)}",
            f"{_length(gap)} uden plan.",
            periode=gap,
            elever=tuple(elev.id for elev in elever),
            forslag=tuple(each for elev in elever for each in _fill(index, elev, gap, alone=len(elever) == 1)),
        )


def _holes_of(index: PlanIndex, elev: PlanElev) -> list[Periode]:
    return holes(elev.aftale, [stay.periode for stay in index.by_elev[elev.id]])


def holes(frame: Periode, periods: list[Periode]) -> list[Periode]:
    """The parts of the frame that no period covers."""
    found, start = [], frame.startdato
    for period in merge(periods):
        if start < min(period.startdato, frame.slutdato):
            found.append(Periode(start, min(period.startdato, frame.slutdato)))
        start = max(start, period.slutdato)
    return [*found, Periode(start, frame.slutdato)] if start < frame.slutdato else found


def _fill(index: PlanIndex, elev: PlanElev, gap: Periode, *, alone: bool) -> Iterator[Forslag]:
    text = "Vælg afdeling" if alone else f"Vælg afdeling til {elev.navn}"
    yield Forslag(Handling.VAELG_AFDELING, text, elev.id, None, gap)
    if not alone or gap.days > LONGEST_STRETCH:
        return
    for stay in index.by_elev[elev.id]:
        if stay.slutdato == gap.startdato:
            yield _resize(index, Handling.FORLAENG, stay, Periode(stay.startdato, gap.slutdato))
        if stay.startdato == gap.slutdato:
            yield _resize(index, Handling.FREMRYK, stay, Periode(gap.startdato, stay.slutdato))


def _same_afdeling(index: PlanIndex, elev: PlanElev, stays: list[Placering]) -> Iterator[Problem]:
    seen = set()
    for stay in _visits(stays):
        if stay.afdeling in seen:
            yield _stay_problem(
                Problemkode.SAMME_AFDELING,
                Niveau.VENT,
                stay,
                f"{elev.navn} kommer igen til {index.navn(stay.afdeling)}",
                f"Opholdet {stay.periode} er ikke elevens første i afdelingen.",
                _move(index, stay),
            )
        seen.add(stay.afdeling)


def _number_of_stays(elev: PlanElev, stays: list[Placering]) -> Iterator[Problem]:
    number = len(list(_visits(stays)))
    if elev.antal_ophold is not None and number != elev.antal_ophold:
        yield Problem(
            Problemkode.ANTAL_OPHOLD,
            Niveau.INFO,
            f"{elev.navn} har {number} ophold, og uddannelsesmodellen har {elev.antal_ophold}",
            "Ret planen, hvis det ikke er aftalt, at eleven afviger fra modellen.",
            periode=elev.aftale,
            elever=(elev.id,),
        )


def _visits(stays: list[Placering]) -> Iterator[Placering]:
    """Without the stays that go on where the one before ended: there only the elevvejleder is new."""
    before = None
    for stay in stays:
        if before is None or stay.afdeling != before.afdeling or stay.startdato > before.slutdato:
            yield stay
        before = stay


def _stay_problem(
    kode: Problemkode, niveau: Niveau, stay: Placering, tekst: str, forklaring: str, forslag: Forslag
) -> Problem:
    where = {"periode": stay.periode, "elever": (stay.elev,), "afdelinger": (stay.afdeling,)}
    return Problem(kode, niveau, tekst, forklaring, forslag=(forslag,), **where)


def _outside_agreement(index: PlanIndex, elev: PlanElev, stay: Placering) -> Iterator[Problem]:
    if not elev.aftale.covers(stay.periode):
        inside = stay.periode.overlap(elev.aftale)
        shorten = _resize(index, Handling.AFKORT, stay, inside) if inside else _move(index, stay)
        yield _stay_problem(
            Problemkode.UDEN_FOR_AFTALE,
            Niveau.FEJL,
            stay,
            f"{elev.navn} er i {index.navn(stay.afdeling)} uden for sin uddannelsesaftale",
            f"Opholdet er {stay.periode}. Aftalen er {elev.aftale}.",
            shorten,
        )


def _closed(index: PlanIndex, elev: PlanElev, stay: Placering) -> Iterator[Problem]:
    afdeling = index.afdeling[stay.afdeling]
    if afdeling.aaben.covers(stay.periode):
        return
    if stay.startdato < afdeling.aaben.startdato:
        reason = f"Afdelingen tager imod elever fra {short_date(afdeling.aaben.startdato)}."
    else:
        reason = f"Afdelingen tager imod elever til og med {short_date(afdeling.aaben.sidste_dag)}."
    yield _stay_problem(
        Problemkode.AFDELING_LUKKET,
        Niveau.FEJL,
        stay,
        f"{elev.navn} er i {afdeling.navn} på et tidspunkt, hvor afdelingen er lukket",
        f"{reason} Opholdet er {stay.periode}.",
        _move(index, stay),
    )


def _vejleder_without_role(index: PlanIndex, elev: PlanElev, stay: Placering) -> Iterator[Problem]:
    roles = index.roles[stay.elevvejleder, stay.afdeling] if stay.elevvejleder is not None else None
    if roles is not None and holes(stay.periode, roles):
        navn = index.vejleder.get(stay.elevvejleder, "Elevvejlederen")
        yield _stay_problem(
            Problemkode.VEJLEDER_UDEN_ROLLE,
            Niveau.VENT,
            stay,
            f"{navn} er ikke elevvejleder i {index.navn(stay.afdeling)} under hele opholdet for {elev.navn}",
            f"Opholdet er {stay.periode}. Vælg en anden elevvejleder, eller giv rollen i hele perioden.",
            _choose_vejleder(index, stay),
        )


def _only_absence(index: PlanIndex, elev: PlanElev, stay: Placering) -> Iterator[Problem]:
    # Asking for working days costs; a stay that is away less than half its days cannot be away from all of them.
    met = [away for away in elev.fravaer if away.startdato < stay.slutdato and away.slutdato > stay.startdato]
    if not met or 2 * days_inside(met, stay.periode) < stay.periode.days:
        return
    if any(all(day not in away for away in elev.fravaer) for day in workdays(stay.startdato, stay.slutdato)):
        return
    yield _stay_problem(
        Problemkode.KUN_FRAVAER,
        Niveau.VENT,
        stay,
        f"{elev.navn} har ingen arbejdsdage i {index.navn(stay.afdeling)}",
        f"Hele opholdet {stay.periode} er skole eller fravær.",
        _move(index, stay),
    )


# --- suggestions and words ------------------------------------------------------------------------

RESIZE_WORDS = {
    Handling.FORLAENG: "Forlæng {afdeling} til og med {last}",
    Handling.AFKORT: "Afkort {afdeling} til {periode}",
    Handling.FREMRYK: "Begynd {afdeling} den {start}",
}


def _resize(index: PlanIndex, handling: Handling, stay: Placering, periode: Periode) -> Forslag:
    tekst = RESIZE_WORDS[handling].format(
        afdeling=index.navn(stay.afdeling),
        start=short_date(periode.startdato),
        last=short_date(periode.sidste_dag),
        periode=periode,
    )
    return Forslag(handling, tekst, stay.elev, stay, periode)


def _move(index: PlanIndex, stay: Placering) -> Forslag:
    return Forslag(Handling.FLYT, f"Flyt {index.elev[stay.elev].navn}", stay.elev, stay, stay.periode)


def _choose_vejleder(index: PlanIndex, stay: Placering) -> Forslag:
    tekst = f"Vælg elevvejleder til {index.elev[stay.elev].navn}"
    return Forslag(Handling.VAELG_VEJLEDER, tekst, stay.elev, stay, stay.periode)


def _ids(stays: Iterable[Placering]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(stay.elev for stay in stays))


def _names(index: PlanIndex, stays: list[Placering]) -> str:
    """Noah, Freja og Yusuf"""
    return join_words([index.elev[elev].navn for elev in _ids(stays)])


def _one_of(index: PlanIndex, stays: list[Placering]) -> str:
    """Noah, Freja eller Yusuf. Of a large hold a few names: the others stand on the board."""
    names = [index.elev[elev].navn for elev in _ids(stays)]
    if more := names[MOST_NAMES:]:
        names = [*names[:MOST_NAMES], f"en af {len(more)} andre" if len(more) > 1 else more[0]]
    return join_words(names, "eller")


def _names_or_number(index: PlanIndex, stays: list[Placering]) -> str:
    number = len(_ids(stays))
    return _names(index, stays) if number <= 3 else f"{number} elever"


def _when(periode: Periode) -> str:
    return period_in_words(periode.startdato, periode.sidste_dag)


def _from(day: date) -> str:
    return f"fra {month_name(day)}" if day.day == 1 else f"fra {full_date(day)}"


def _length(periode: Periode) -> str:
    months = months_between(periode.startdato, periode.slutdato)
    if months and add_months(periode.startdato, months) == periode.slutdato:
        return count_noun(months, "måned", "måneder")
    return count_noun(periode.days, "dag", "dage")
