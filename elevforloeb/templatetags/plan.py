"""The rows, bars and cells of the planning board, written by hand.

A template loop takes 30 µs a bar where this takes 2, and a hold can have more than a thousand of them, each drawn both
on the board and on the phone's card. Everything that a person has typed goes through `safe`.
"""

from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html_join
from django.utils.safestring import mark_safe

from elevforloeb.core.templatetags.ui import ikon, initialer
from elevforloeb.core.words import count_noun

register = template.Library()


@lru_cache(maxsize=2000)
def safe(text: str) -> str:
    return str(escape(text))


@dataclass(frozen=True)
class Pen:
    """What all rows of a board share. `adresse` is the board's own, ending in ret=, so that a bar opens its row."""

    adresse: str
    ophold: str
    elev: str
    pil: str
    fokus: str


@register.simple_tag
def pen(hold, adresse, fokus):
    ophold = reverse("plan_ophold", args=[hold.pk, "x"]).removesuffix("x/")
    elev = reverse("elev", args=[0]).removesuffix("0/")
    return Pen(safe(adresse), ophold, elev, ikon("chevron-right"), fokus)


# --- what to choose among -----------------------------------------------------------------------------------------


@register.simple_tag
def holdvalg(alle_hold, valgt):
    names = ((each.pk, f"{each.navn} ({count_noun(each.antal_elever or 0, 'elev', 'elever')})") for each in alle_hold)
    return _options(names, valgt)


@register.simple_tag
def afdelingsvalg(afdelinger, valgt):
    return _options(((each.id, each.kortnavn) for each in afdelinger), valgt)


def _options(rows, chosen):
    selected = mark_safe(" selected")
    tags = ((value, selected if value == chosen else "", text) for value, text in rows)
    return format_html_join("\n", '<option value="{}"{}>{}</option>', tags)


# --- the board ----------------------------------------------------------------------------------------------------


@register.simple_tag
def tavleraekke(raekke, pen):
    """The table rows of an elev or an afdeling: the name, and a line of bars or more."""
    name = safe(raekke.navn)
    if raekke.klasse:
        name = f'<span class="brik {raekke.klasse}">{name}</span>'
    else:
        name = f'<a href="{pen.elev}{raekke.id}/">{name}</a>'
    rows = f' rowspan="{len(raekke.linjer)}"' if len(raekke.linjer) > 1 else ""
    head = f'<th scope="row"{rows}>{name}</th>'
    out = []
    for line in raekke.linjer:
        cells = "".join([_cell(columns, bar, pen) for columns, bar in line])
        out.append(f"<tr>{head}{cells}</tr>\n")
        head = ""
    return mark_safe("".join(out))  # noqa: S308 - names are escaped above; the rest are our own numbers and dates


def _cell(columns, bar, pen) -> str:
    if bar is None:
        return f'<td colspan="{columns}"></td>'
    if not bar.noegle:
        inside = f"<b>{safe(bar.titel)}</b><span>{safe(bar.periode)}</span>"
        return f'<td class="p" colspan="{columns}"><span class="bar {bar.klasse}">{inside}</span></td>'
    key, link = bar.noegle, pen.adresse + bar.noegle
    opened = ' aria-expanded="true" aria-controls="rediger"' if "bar--valgt" in bar.klasse else ""
    focus = " autofocus" if key == pen.fokus else ""
    if bar.was:
        moves = f' data-ophold="{key} {bar.was}"'
        words = " · nu</span>" if bar.ord == "nu" else f'</span><span class="sr-only"> {bar.ord}</span>'
        inside = f"<b>{safe(bar.titel)}</b><span>{bar.periode}{words}"
    else:
        moves = ""
        inside = f'<b>{"Vælg" if bar.kort else bar.titel}</b><span class="sr-only"> {bar.ord}, {bar.periode}</span>'
    return (
        f'<td class="p" colspan="{columns}"><a class="bar {bar.klasse}" id="b-{key}" href="{link}"'
        f' hx-get="{link}" hx-target="#plan" hx-push-url="true"{moves}{opened}{focus}>{inside}</a></td>'
    )


@register.simple_tag
def pladsceller(celler):
    out = []
    for cell in celler:
        classes = f"{cell.tilstand} aarsskift" if cell.nyt_aar else cell.tilstand
        figures = f"{cell.elever}/{cell.pladser}" if cell.pladser or cell.elever else "–"
        if cell.tilstand == "over":
            figures = f'<span aria-hidden="true">! </span>{figures}<span class="sr-only"> overbooket</span>'
        out.append(f'<td colspan="{cell.kolonner}" class="{classes}">{figures}</td>')
    return mark_safe("".join(out))  # noqa: S308 - numbers and our own words


# --- the phone ----------------------------------------------------------------------------------------------------


@register.simple_tag
def planpost(raekke, pen):
    """The same row as a card: name, a strip as long as the stays, and a list of links to their own pages."""
    name = safe(raekke.navn)
    face = (
        ""
        if raekke.klasse
        else f'<b class="initialer initialer--s" aria-hidden="true">{safe(initialer(raekke.navn))}</b>'
    )
    strips = "".join(f'<div class="stribe" aria-hidden="true">{_strip(line)}</div>' for line in raekke.linjer)
    posts = "".join([_post(bar, pen) for bar in raekke.poster])
    card = f'<li id="m{raekke.id}"><h3>{face}{name}</h3>{strips}<ol role="list">{posts}</ol></li>\n'
    return mark_safe(card)  # noqa: S308 - names are escaped above


def _strip(line) -> str:
    out = []
    for columns, bar in line:
        name = "tom" if bar is None or not bar.was else bar.klasse.split()[0]
        now = " nu" if bar and bar.ord == "nu" else ""
        out.append(f'<i class="{name}{now} md-{columns}"></i>')
    return "".join(out)


def _post(bar, pen) -> str:
    text = f"<span>{safe(bar.titel)}<small>{safe(bar.periode)}</small></span>"
    if not bar.noegle:
        return f'<li><span class="planpost {bar.klasse}">{text}</span></li>'
    name = bar.klasse.split()[0] if bar.was else "planpost--tom"
    link = f"{pen.ophold}{bar.noegle}/"
    return f'<li><a class="planpost {name}" href="{link}">{text}{_label(bar)}{pen.pil}</a></li>'


def _label(bar) -> str:
    if not bar.was:
        return '<span class="maerkat maerkat--vent">Vælg</span>'
    if bar.ord == "nu":
        return '<span class="maerkat maerkat--fjord">Nu</span>'
    return f'<span class="maerkat maerkat--fejl">{bar.ord}</span>' if "bar--konflikt" in bar.klasse else "<span></span>"


@register.simple_tag
def pladsstribe(celler):
    cells = "".join(f'<i class="kap-{cell.tilstand or "tom"}"></i>' for cell in celler)
    return mark_safe(cells)  # noqa: S308 - class names of ours


# --- paper --------------------------------------------------------------------------------------------------------


@register.simple_tag
def pdfbjaelker(linje):
    """A line of the PDF: nothing to click."""
    out = []
    for columns, bar in linje:
        if bar is None:
            out.append(f'<td colspan="{columns}"></td>')
            continue
        words = safe(bar.titel) if bar.was else "Ikke planlagt"
        name = bar.klasse.split()[0]
        out.append(f'<td colspan="{columns}" class="bar {name}"><b>{words}</b><br>{safe(bar.periode)}</td>')
    return mark_safe("".join(out))  # noqa: S308 - names are escaped above
