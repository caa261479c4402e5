"""The first draft of an oplæringserklæring: from what is known to sentences that a person corrects. No Django."""

from dataclasses import dataclass

from elevforloeb.core.dates import Periode, format_period

MOST = 10_000  # what the field holds


@dataclass(frozen=True)
class Opgavelinje:
    navn: str
    niveau: str = ""  # the elevvejleder's word for it in a sealed evaluation


@dataclass(frozen=True)
class Opholdsdel:
    """The days of one stay that the declaration tells of."""

    afdeling: str
    periode: Periode
    opgaver: tuple[Opgavelinje, ...]
    evalueret: bool  # then the tasks are those that were tried; otherwise all that the department has


@dataclass(frozen=True)
class Grundlag:
    periode: Periode
    ophold: tuple[Opholdsdel, ...] = ()
    maal: tuple[str, ...] = ()
    fokus: tuple[str, ...] = ()  # agreed in sealed evaluations


def draft(grundlag: Grundlag) -> dict[str, str]:
    """The fields of the declaration, as they stand until somebody has read them."""
    parts = [_stay(part) for part in grundlag.ophold]
    if grundlag.maal:
        parts.append("Mål, som opgaverne hører til:\n" + _lines(grundlag.maal))
    return {
        "arbejdsomraader": "\n\n".join(parts)[:MOST],
        "behov_oplaering": "Aftalt ved evalueringen:\n" + _lines(grundlag.fokus) if grundlag.fokus else "",
    }


def _stay(part: Opholdsdel) -> str:
    head = f"{part.afdeling}, {format_period(part.periode.startdato, part.periode.sidste_dag)}"
    tasks = [f"{task.navn} ({task.niveau.lower()})" if task.niveau else task.navn for task in part.opgaver]
    return f"{head}\n{_lines(tasks)}" if tasks else head


def _lines(texts) -> str:
    return "\n".join(f"- {text}" for text in texts)
