"""A question to answer, written by hand: a form has a hundred steps to choose from, and a template takes three times
as long. Everything that a person has typed goes through format_html.
"""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# The whole card of a step is its button.
STEP = '<label>\n<input type="radio" name="trin-{}" value="{}"{}>\n<b>{}</b>{}</label>'
SCALE = """
<fieldset class="evalspm" id="punkt-{pk}"{described}>
<legend>{nr}{tekst}</legend>
{hjaelp}<div class="evalskala evalskala--{antal}">{trin}</div>
<label class="form-label" for="tekst-{pk}">Giv et eksempel
<span class="daempet">({hvornaar})</span></label>
<textarea class="form-input" id="tekst-{pk}" name="tekst-{pk}" rows="2" maxlength="5000">
{svar}</textarea>
{rest}</fieldset>"""
TEXT = """
<div class="evalspm" id="punkt-{pk}">
<label class="form-label" for="tekst-{pk}">{nr}{tekst}{valgfrit}</label>
{hjaelp}<textarea class="form-input" id="tekst-{pk}" name="tekst-{pk}" rows="4"
maxlength="5000"{described}>
{svar}</textarea>
{rest}</div>"""
# Not type=hidden: what waits in the tab while one logs in again must come back with the version it was written over.
REST = """<input type="text" hidden id="vist-{pk}" name="vist-{pk}" value="{vist}">
<div id="konflikt-{pk}">{konflikt}</div>
"""
SCALE_HELP = '<p class="evalspm__hjaelp" id="hjaelp-{}">{}</p>\n'
TEXT_HELP = '<span class="form-hint" id="hjaelp-{}">{}</span>\n'
OPTIONAL = mark_safe('\n<span class="daempet">(valgfrit)</span>')


@register.simple_tag
def spoergsmaal(felt):
    """`felt`: queries.felter.Felt."""
    punkt, pk = felt.punkt, felt.punkt.pk
    return format_html(
        SCALE if felt.er_skala else TEXT,
        pk=pk,
        nr=f"{felt.nr}. " if felt.nr else "",
        tekst=punkt.tekst,
        described=format_html(' aria-describedby="hjaelp-{}"', pk) if punkt.hjaelp else "",
        hjaelp=format_html(SCALE_HELP if felt.er_skala else TEXT_HELP, pk, punkt.hjaelp) if punkt.hjaelp else "",
        antal=len(felt.trinliste),
        trin=_steps(felt),
        hvornaar="skal skrives ved det laveste og det højeste trin" if felt.ender else "valgfrit",
        valgfrit="" if punkt.kraevet else OPTIONAL,
        svar=felt.tekst,
        rest=_rest(felt),
    )


def _steps(felt) -> SafeString:
    checked, pk = mark_safe(" checked"), felt.punkt.pk
    rows = (
        (pk, trin.pk, checked if trin.pk == felt.trin else "", trin.navn, _explained(trin.forklaring))
        for trin in felt.trinliste
    )
    return format_html_join("", STEP, rows)


@lru_cache(maxsize=500)  # all questions of a scale say the same
def _explained(text: str) -> SafeString:
    return format_html("<small>{}</small>", text) if text else ""


def _rest(felt) -> SafeString:
    conflict = render_to_string("evaluering/_konflikt.html", {"felt": felt}) if felt.konflikt else ""
    return format_html(REST, pk=felt.punkt.pk, vist=felt.vist, konflikt=conflict)
