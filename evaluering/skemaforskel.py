"""What is different between two versions of a form, in sentences. Knows no database."""

from collections.abc import Iterator
from difflib import get_close_matches

from .skemafiler import Indhold, Spoergsmaal

FIELDS = {
    "hjaelp": "hjælpetekst",
    "hvem": "hvem der svarer",
    "skala": "skala",
    "kraevet": "om det skal besvares",
    "gentages": "om det gentages",
    "bruges_til": "hvad svaret bruges til",
}


def differences(old: Indhold, new: Indhold) -> list[str]:
    return [*_head(old, new), *_sections(old, new), *_questions(old, new), *_scales(old, new)]


def _head(old: Indhold, new: Indhold) -> Iterator[str]:
    if old.navn != new.navn:
        yield f"Skemaet hedder nu “{new.navn}”"
    if old.indledning != new.indledning:
        yield "Indledningen er ændret"
    if old.med_elevansvarlig != new.med_elevansvarlig:
        yield f"Den elevansvarlige {'deltager nu' if new.med_elevansvarlig else 'deltager ikke længere'}"


def _sections(old: Indhold, new: Indhold) -> Iterator[str]:
    before = {each.titel: each.vejledning for each in old.afsnit}
    after = {each.titel: each.vejledning for each in new.afsnit}
    yield from (f"Nyt afsnit: {titel}" for titel in after if titel not in before)
    yield from (f"Afsnit fjernet: {titel}" for titel in before if titel not in after)
    for titel in after:
        if titel in before and before[titel] != after[titel]:
            yield f"Vejledningen til “{titel}” er ændret"
    if _order(before, after) != _order(after, before):
        yield "Afsnittene står i en anden rækkefølge"


def _questions(old: Indhold, new: Indhold) -> Iterator[str]:
    before, after = _by_text(old), _by_text(new)
    gone = [tekst for tekst in before if tekst not in after]
    for tekst, (titel, question) in after.items():
        source = tekst if tekst in before else next(iter(get_close_matches(tekst, gone, 1)), None)
        if source is None:
            yield f"Nyt spørgsmål i “{titel}”: {tekst}"
            continue
        if source != tekst:
            gone.remove(source)
            yield f"Omformuleret: “{source}” er nu “{tekst}”"
        yield from _question(before[source], (titel, question))
    yield from (f"Spørgsmål fjernet: {tekst}" for tekst in gone)
    if _order(before, after) != _order(after, before):
        yield "Spørgsmålene står i en anden rækkefølge"


def _question(old: tuple[str, Spoergsmaal], new: tuple[str, Spoergsmaal]) -> Iterator[str]:
    changed = [words for field, words in FIELDS.items() if getattr(old[1], field) != getattr(new[1], field)]
    if changed:
        yield f"“{new[1].tekst}”: {', '.join(changed)} er ændret"
    if old[0] != new[0]:
        yield f"“{new[1].tekst}” er flyttet til “{new[0]}”"


def _scales(old: Indhold, new: Indhold) -> Iterator[str]:
    before, after = {each.kode: each for each in old.skalaer}, {each.kode: each for each in new.skalaer}
    yield from (f"Ny skala: {skala.navn}" for kode, skala in after.items() if kode not in before)
    yield from (f"Skala fjernet: {skala.navn}" for kode, skala in before.items() if kode not in after)
    yield from (
        f"Skalaen “{skala.navn}” er ændret" for kode, skala in after.items() if before.get(kode, skala) != skala
    )


def _by_text(indhold: Indhold) -> dict[str, tuple[str, Spoergsmaal]]:
    return {each.tekst: (afsnit.titel, each) for afsnit in indhold.afsnit for each in afsnit.spoergsmaal}


def _order(of: dict, also_in: dict) -> list[str]:
    return [key for key in of if key in also_in]
