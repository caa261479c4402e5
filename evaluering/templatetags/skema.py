"""The questions of a form, written by hand: a template takes five times as long, and the page is hardly anything else.

Whatever a person has typed goes through `escape`.
"""

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag
def spoergsmaal(felt, forklar):
    """One to answer (queries.felter.Felt). `forklar`: say what each step means, where the section does not."""
    pk, hjaelp = felt.punkt.pk, escape(felt.punkt.hjaelp)
    title = f"{felt.nr}. {escape(felt.punkt.tekst)}" if felt.nr else escape(felt.punkt.tekst)
    described = f' aria-describedby="hjaelp-{pk}"' if hjaelp else ""
    words = (title, hjaelp, described)
    question = _scale(felt, *words, forklar) if felt.er_skala else _text(felt, *words)
    conflict = render_to_string("evaluering/_konflikt.html", {"felt": felt}) if felt.konflikt else ""
    # Not type=hidden: what waits in the tab while one logs in again must come back with the version it was made from.
    return mark_safe(  # noqa: S308 - words are escaped; the rest are our own numbers
        f"{question}\n"
        f'<input type="text" hidden id="vist-{pk}" name="vist-{pk}" value="{felt.vist}">\n'
        f'<div id="konflikt-{pk}">{conflict}</div>\n'
        f"{'</fieldset>' if felt.er_skala else '</div>'}\n"
    )


def _scale(felt, title, hjaelp, described, forklar) -> str:
    pk, skala = felt.punkt.pk, felt.skala
    buttons = "".join([_button(felt, trin, forklar) for trin in skala.trin])
    when = f"skal med ved {escape(skala.enderne)}" if skala.ender else "valgfrit"
    return (
        f'<fieldset class="evalspm" id="punkt-{pk}"{described}>\n'
        f"<legend>{title}</legend>\n"
        + (f'<p class="evalspm__hjaelp" id="hjaelp-{pk}">{hjaelp}</p>\n' if hjaelp else "")
        + f'<div class="evalskala evalskala--{len(skala.trin)}">{buttons}</div>\n'
        f'<details class="evaleks"{" open" if felt.viser_tekst else ""}>\n'
        f'<summary>Giv et eksempel\n<span class="daempet">({when})</span></summary>\n'
        f'<label class="sr-only" for="tekst-{pk}">Giv et eksempel</label>\n'
        f"{_room(felt, 2)}\n</details>"
    )


def _button(felt, trin, forklar) -> str:
    chosen = " checked" if trin.pk == felt.trin else ""
    end = " data-ende" if trin.pk in felt.skala.ender else ""
    explained = f"<small>{escape(trin.forklaring)}</small>" if forklar and trin.forklaring else ""
    return (
        f'<label>\n<input type="radio" name="trin-{felt.punkt.pk}" value="{trin.pk}"{chosen}{end}>\n'
        f"<b>{escape(trin.navn)}</b>{explained}</label>"
    )


def _text(felt, title, hjaelp, described) -> str:
    pk = felt.punkt.pk
    optional = "" if felt.punkt.kraevet else '\n<span class="daempet">(valgfrit)</span>'
    return (
        f'<div class="evalspm" id="punkt-{pk}">\n'
        f'<label class="form-label" for="tekst-{pk}">{title}{optional}</label>\n'
        + (f'<span class="form-hint" id="hjaelp-{pk}">{hjaelp}</span>\n' if hjaelp else "")
        + _room(felt, 4, described)
    )


def _room(felt, rows: int, described: str = "") -> str:
    pk = felt.punkt.pk
    start = f'<textarea class="form-input" id="tekst-{pk}" name="tekst-{pk}" rows="{rows}" maxlength="5000"{described}>'
    return f"{start}\n{escape(felt.tekst)}</textarea>"
