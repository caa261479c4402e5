"""The sheets of this app's Excel files."""

from collections.abc import Iterable

from django.utils.timezone import localtime

from .core.excel import Ark, Kolonne
from .queries.elever import Elevraekke
from .queries.fordeling.ord import rank_of
from .queries.fordeling.resultat import Resultat
from .queries.forloeb import Forloeb
from .queries.oensker.rundeside import Elevlinje, Oenskecelle, Rundeside


def elever_sheet(rows: Iterable[Elevraekke]) -> Ark:
    columns = (
        Kolonne("Navn", 28),
        Kolonne("E-mail", 32),
        Kolonne("Telefon", 16),
        Kolonne("Hold", 14),
        Kolonne("Status", 14),
        Kolonne("Måned", 8),
        Kolonne("Måneder i alt", 8),
        Kolonne("Afdeling nu", 28),
        Kolonne("Elevvejleder nu", 28),
        Kolonne("Næste skift", 14),
        Kolonne("Næste afdeling", 28),
        Kolonne("Aftalens første dag", 14),
        Kolonne("Aftalens sidste dag", 14),
    )
    return Ark("Elever", columns, map(_cells, rows))


def _cells(row: Elevraekke) -> tuple:
    person, now, coming = row.elev.bruger, row.nu, row.naeste
    return (
        person.navn,
        person.email,
        person.telefon,
        row.elev.hold.navn,
        row.status,
        row.maaned.nummer,
        row.maaned.antal,
        now and now.afdeling.navn,
        now and now.elevvejleder and now.elevvejleder.navn,
        coming and coming.startdato,
        coming and coming.afdeling.navn,
        row.elev.startdato,
        row.elev.sidste_dag,
    )


def course_sheet(forloeb: Forloeb) -> Ark:
    columns = (
        Kolonne("Hvad", 30),
        Kolonne("Første dag", 14),
        Kolonne("Sidste dag", 14),
        Kolonne("Elevvejleder", 28),
        Kolonne("E-mail", 32),
        Kolonne("Mødested", 30),
        Kolonne("Uger i afdelingen uden skole og ferie", 16),
    )
    return Ark("Forløb", columns, (_course_cells(line) for line in forloeb.linjer))


def _course_cells(line) -> tuple:
    stay = line.ophold
    vejleder = stay and stay.elevvejleder
    return (
        line.titel,
        line.periode.startdato,
        line.periode.sidste_dag,
        vejleder and vejleder.navn,
        vejleder and vejleder.email,
        stay and stay.afdeling.adresse,
        line.netto and line.netto.uger,
    )


def wishes_sheet(side: Rundeside) -> Ark:
    """One line an elev. What she has told of hensyn and inhabilitet stays on the page."""
    ranks = tuple(Kolonne(f"{nr}. ønske", 28) for nr in side.rang)
    columns = (Kolonne("Navn", 28), Kolonne("Status", 14), Kolonne("Sendt ind", 14), *ranks, Kolonne("Begrundelse", 60))
    return Ark("Ønsker", columns, (_wish_cells(linje, len(ranks)) for linje in side.elever))


def _wish_cells(linje: Elevlinje, number: int) -> tuple:
    wishes = [_wish(cell) for cell in linje.oensker]
    sent = linje.seddel and localtime(linje.seddel.indsendt).date()
    reason = linje.seddel and linje.seddel.begrundelse
    return (linje.elev.bruger.navn, linje.status[0], sent, *wishes, *[None] * (number - len(wishes)), reason)


def _wish(cell: Oenskecelle) -> str:
    return f"{cell.afdeling}, helst {cell.periode}" if cell.periode else cell.afdeling


def fordeling_sheets(side: Resultat) -> list[Ark]:
    """The stays of each elev with what they were to her, and the same by department."""
    stays = [
        (
            row.elev.bruger.navn,
            row.trin,
            side.fordeling.runde.etaper[row.trin].startdato,
            side.fordeling.runde.etaper[row.trin].sidste_dag,
            row.afdeling.navn if row.afdeling else "Ingen plads",
            rank_of(row).tekst,
            row.begrundelse,
        )
        for row in side.rows
    ]
    columns = (
        ("Elev", 26),
        ("Ophold", 8),
        ("Fra", 14),
        ("Til og med", 14),
        ("Afdeling", 34),
        ("Ønske", 16),
        ("Hvorfor", 80),
    )
    places = [
        (line.afdeling.navn, cell.trin, len(cell.rows), cell.pladser, cell.ledige)
        for line in side.afdelingslinjer
        for cell in line.celler
    ]
    heads = ("Afdeling", 34), ("Ophold", 8), ("Elever", 8), ("Pladser", 8), ("Ledige", 8)
    return [
        Ark("Fordeling", tuple(Kolonne(*column) for column in columns), stays),
        Ark("Afdelinger", tuple(Kolonne(*column) for column in heads), places),
    ]
