"""Tags and filters of every page (built in: no {% load %} needed)."""

from functools import lru_cache

from django import template
from django.template import defaulttags
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from elevforloeb.core import dates, money, words
from elevforloeb.core.addresses import address

register = template.Library()

MOST_DOTS = 12


@register.simple_tag
@lru_cache(maxsize=500, typed=True)  # a page has up to a hundred of a few; typed: safe text is not the same as text
def ikon(navn, klasse="", titel=""):
    """An icon of frontend/ikoner.txt. It is decoration, unless `titel` gives it words of its own."""
    label = format_html('role="img" aria-label="{}"', titel) if titel else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="ikon{}" {} focusable="false"><use href="{}#{}"></use></svg>',
        f" {klasse}" if klasse else "",
        label,
        static("fds/ikoner.svg"),
        navn,
    )


@register.simple_tag
@lru_cache(maxsize=500, typed=True)
def maerkat(tekst, art="", ikon_navn=""):
    """A status in words, as komponenter/maerkat.html writes it."""
    colour = f" maerkat--{art}" if art else ""
    return format_html('<span class="maerkat{}">{}{}</span>', colour, ikon(ikon_navn) if ikon_navn else "", tekst)


@register.simple_tag(name="static")
@lru_cache  # in front of Django's own, which looks into the manifest each time: five a page, of the same few files
def static_file(path):
    return static(path)


register.simple_tag(address)


@register.tag
def url(parser, token):
    """In front of Django's own, which is slow on a page with many. With `as` a wrong address is empty: that is its."""
    is_plain = " as " not in token.contents and "=" not in token.contents
    return (register.tags["address"] if is_plain else defaulttags.url)(parser, token)


@register.simple_tag
def udskrevet():
    """When this page was printed: the house's own day, which a demo moves, and the clock."""
    return f"{dates.full_date(dates.today())} kl. {timezone.localtime():%H.%M}"


@register.filter
def dato(day):
    """24. nov. 2026"""
    return dates.short_date(day) if day else ""


@register.filter
def dato_fuld(day):
    """24. november 2026"""
    return dates.full_date(day) if day else ""


@register.filter
def dato_lang(day):
    """tirsdag den 24. november 2026"""
    return dates.long_date(day) if day else ""


@register.filter
def dage_til(day):
    """i dag, om 12 dage, for 3 dage siden"""
    return dates.relative_days(day) if day else ""


@register.filter
def periode(thing):
    """1. sep. – 31. dec. 2026, of anything with `startdato` and `sidste_dag`; an open end says "fra"."""
    if not thing:
        return ""
    if thing.sidste_dag is None:
        return f"fra {dates.short_date(thing.startdato)}"
    return dates.format_period(thing.startdato, thing.sidste_dag)


@register.filter
def tidspunkt(moment):
    """24. nov. 2026 kl. 10.42"""
    if not moment:
        return ""
    local = timezone.localtime(moment)
    return f"{dates.short_date(local.date())} kl. {local:%H.%M}"


@register.filter
def antal(number, noun):
    """{{ n|antal:"elev,elever" }} says 1 elev, 2 elever."""
    return words.count_noun(number, *noun.split(","))


@register.filter
def prikker(taken, places):
    """One dot a place: taken, over or free. Decoration beside the figures; none where they would fill the screen."""
    if max(taken, places) > MOST_DOTS:
        return ""
    over, free = max(taken - places, 0), max(places - taken, 0)
    dots = '<i class="fyldt"></i>' * (taken - over) + '<i class="over"></i>' * over + "<i></i>" * free
    return mark_safe(dots)  # noqa: S308 - made of numbers alone


@register.filter
def initialer(navn):
    """Anne Marie Holm becomes AH."""
    names = str(navn).split()
    return (names[0][0] + (names[-1][0] if len(names) > 1 else "")).upper() if names else ""


@register.filter
def browser(user_agent):
    """Firefox på Windows: the first word that fits, because Edge calls itself Chrome and Chrome calls itself Safari."""
    programs = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    machines = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac"}
    program = next((name for mark, name in programs.items() if mark in user_agent), "Ukendt browser")
    machine = next((name for mark, name in machines.items() if mark in user_agent), "anden maskine")
    return f"{program} på {machine}"


@register.filter
def opremset(names, last):
    """{{ names|opremset:"eller" }} says elev, afdeling eller person."""
    return words.join_words(list(names), last)


@register.filter
def komma(number):
    """12,4 weeks and 12, never 12,0"""
    return words.decimal_comma(number)


@register.filter
def kroner(amount):
    """1.234,50 kr."""
    return money.kroner(amount)


@register.filter
def maaned_kort(day):
    """nov."""
    return dates.SHORT_MONTHS[day.month - 1]


@register.filter
def ugedag_kort(day):
    """tor."""
    return f"{dates.WEEKDAYS[day.weekday()][:3]}."


@register.filter
def ordform(number, noun):
    """{{ n|ordform:"elev,elever" }} says the word without the number."""
    singular, plural = noun.split(",")
    return singular if number == 1 else plural
