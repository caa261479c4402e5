"""The bars and cells of the planning board, written by hand.

A template loop takes 30 µs a bar where this takes 2, and a hold can have more than a thousand of them.
Everything that a person has typed goes through `safe`.
"""

from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from elevforloeb.core.templatetags.ui import ikon

register = template.Library()

STATE_WORDS = {"over": "overbooket", "fuldt": "fuldt", "halvt": "ledige pladser", "": "ledige pladser"}


@lru_cache(maxsize=2000)
def safe(text: str) -> str:
    return str(escape(text))


@register.simple_tag
def bjaelker(linje, adresse, fokus=""):
    """The cells of one line. `adresse` is the board's own, ending in ret=, so that a bar opens its row."""
    href, out = safe(adresse), []
    for columns, bar in linje:
        if bar is None:
            out.append(f'<td colspan="{columns}"></td>')
            continue
        extra = f'<span class="sr-only"> {bar.ord}</span>' if bar.ord and bar.ord != "nu" else ""
        now = " · nu" if bar.ord == "nu" else ""
        if not bar.noegle:
            inside = f"<b>{safe(bar.titel)}</b><span>{safe(bar.periode)}</span>"
            out.append(f'<td class="p" colspan="{columns}"><span class="bar {bar.klasse}">{inside}</span></td>')
            continue
        if bar.was:
            inside = f"<b>{safe(bar.titel)}</b><span>{bar.periode}{now}</span>{extra}"
        else:
            words = "Vælg" if bar.kort else bar.titel
            inside = f'<b>{words}</b><span class="sr-only"> {bar.ord}, {bar.periode}</span>'
        key, link = bar.noegle, f"{href}{bar.noegle}"
        opened = ' aria-expanded="true" aria-controls="rediger"' if "bar--valgt" in bar.klasse else ""
        focus = " autofocus" if key == fokus else ""
        moves = f' data-ophold="{key} {bar.was}"' if bar.was else ""
        out.append(
            f'<td class="p" colspan="{columns}"><a class="bar {bar.klasse}" id="b-{key}" href="{link}"'
            f' hx-get="{link}" hx-target="#plan" hx-push-url="true"{moves}{opened}{focus}>{inside}</a></td>'
        )
    return mark_safe("".join(out))  # noqa: S308 - names are escaped above; the rest are our own numbers and dates


@register.simple_tag
def pladsceller(celler):
    out = []
    for cell in celler:
        classes = f"{cell.tilstand} aarsskift" if cell.nyt_aar else cell.tilstand
        mark = '<span aria-hidden="true">! </span>' if cell.tilstand == "over" else ""
        words = f'<span class="sr-only"> {STATE_WORDS["over"]}</span>' if cell.tilstand == "over" else ""
        figures = f"{cell.elever}/{cell.pladser}" if cell.pladser or cell.elever else "–"
        out.append(f'<td colspan="{cell.kolonner}" class="{classes}">{mark}{figures}{words}</td>')
    return mark_safe("".join(out))  # noqa: S308 - numbers and our own words


@register.simple_tag
def striber(linje):
    """The row as a strip for a phone: one segment a stay, as long as the stay."""
    out = []
    for columns, bar in linje:
        name = "tom" if bar is None or not bar.was else bar.klasse.split()[0]
        now = " nu" if bar and bar.ord == "nu" else ""
        out.append(f'<i class="{name}{now} md-{columns}"></i>')
    return mark_safe("".join(out))  # noqa: S308 - class names of ours


@register.simple_tag
def pladsstribe(celler):
    cells = "".join(f'<i class="kap-{cell.tilstand or "tom"}"></i>' for cell in celler)
    return mark_safe(cells)  # noqa: S308 - class names of ours


@register.simple_tag
def planposter(raekke, hold):
    """The same bars as a list of links, each to a page of its own."""
    out, arrow = [], ikon("chevron-right")
    base = reverse("plan_ophold", args=[hold, "x"]).removesuffix("x/")
    for bar in raekke.poster:
        text = f"<span>{safe(bar.titel)}<small>{safe(bar.periode)}</small></span>"
        if not bar.noegle:
            out.append(f'<li><span class="planpost {bar.klasse}">{text}</span></li>')
            continue
        name = "planpost--tom" if not bar.was else bar.klasse.split()[0]
        out.append(f'<li><a class="planpost {name}" href="{base}{bar.noegle}/">{text}{_label(bar)}{arrow}</a></li>')
    return mark_safe("".join(out))  # noqa: S308 - names are escaped above


def _label(bar) -> str:
    if not bar.was:
        return '<span class="maerkat maerkat--vent">Vælg</span>'
    if bar.ord == "nu":
        return '<span class="maerkat maerkat--fjord">Nu</span>'
    return f'<span class="maerkat maerkat--fejl">{bar.ord}</span>' if "bar--konflikt" in bar.klasse else "<span></span>"


@register.simple_tag
def pdfbjaelker(linje):
    """The line on paper: nothing to click."""
    out = []
    for columns, bar in linje:
        if bar is None:
            out.append(f'<td colspan="{columns}"></td>')
            continue
        words = "Ikke planlagt" if not bar.was else safe(bar.titel)
        name = bar.klasse.split()[0]
        out.append(f'<td colspan="{columns}" class="bar {name}"><b>{words}</b><br>{safe(bar.periode)}</td>')
    return mark_safe("".join(out))  # noqa: S308 - names are escaped above
