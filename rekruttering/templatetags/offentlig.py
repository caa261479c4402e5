"""Tags of the public pages: {% load offentlig %}."""

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from rekruttering.opmaerkning import to_html

register = template.Library()

# As in Django's json_script, which cannot write another type than application/json.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def opmaerket(text, level=3):
    """The one place where written text becomes HTML. Its headings are of `level`."""
    return mark_safe(to_html(text, level))  # noqa: S308 - made by a parser that knows no HTML


@register.filter
def jsonld(data):
    """For search engines. A data block, which no browser runs and so no policy has to allow."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above
