"""Elever pasted from a spreadsheet: what each line is, before anything is saved."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from elevforloeb.core.pasted import Linje, RegnearkField

from .hold import ElevRaekkeForm


class IndsaetForm(forms.Form):
    tekst = RegnearkField(
        flest=300,
        label="Elever fra et regneark",
        help_text="En elev på hver linje: navn, e-mail, telefon og ja, hvis eleven er 25 år eller mere. "
        "Kopiér cellerne fra regnearket, eller skriv semikolon imellem.",
    )


@dataclass(frozen=True)
class Indsatlinje:
    """A line with the verdict: new, known as a user, or wrong."""

    nr: int
    felter: dict
    fejl: tuple[str, ...] = ()
    besked: str = "Ny elev"


def check_lines(lines: list[Linje], known_emails: Callable[[list[str]], dict]) -> list[Indsatlinje]:
    known = known_emails([line.felter.get("email", "") for line in lines])
    checked, seen = [], {}
    for line in lines:
        checked.append(_check(line, known, seen))
    return checked


def _check(line: Linje, known: dict, seen: dict[str, int]) -> Indsatlinje:
    form = ElevRaekkeForm(line.felter)
    if not form.is_valid():
        return Indsatlinje(line.nr, line.felter, tuple(text for field in form for text in field.messages))
    values = form.cleaned_data
    email = values["email"]
    bruger = known.get(email)
    if email in seen:
        return Indsatlinje(line.nr, values, (f"E-mailen står også på linje {seen[email]}",))
    seen[email] = line.nr
    if bruger and bruger.er_elev:
        return Indsatlinje(line.nr, values, (f"{bruger.navn} er allerede elev",))
    if bruger:
        return Indsatlinje(line.nr, values, besked=f"Har allerede en konto som {bruger.navn} og bliver elev")
    return Indsatlinje(line.nr, values)
