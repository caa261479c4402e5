"""The head of the pages about one elev or one hold, for their frames (templates/elevforloeb/*ramme.html)."""

from django import template

from elevforloeb.queries.henvisninger import ELEVMENU, HOLDFANER, get_elevhoved, links

register = template.Library()


@register.simple_tag(takes_context=True)
def elevhoved(context, elev):
    return get_elevhoved(context["user"], elev, _here(context))


@register.simple_tag(takes_context=True)
def elevmenu(context, elev):
    return links(ELEVMENU, context["user"], elev)


@register.simple_tag(takes_context=True)
def holdfaner(context, hold):
    return links(HOLDFANER, context["user"], hold, _here(context))


def _here(context) -> str:
    match = context["request"].resolver_match
    return match.url_name if match else ""
