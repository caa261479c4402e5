"""Does the content have the shape of the schema? Pydantic decides; here its findings are said in Danish."""

from difflib import get_close_matches

from pydantic import BaseModel, ValidationError

from .problems import quote
from .schema import Referencedata

MESSAGES = {
    "missing": "Feltet mangler og skal udfyldes.",
    "string_type": "Her skal stå en tekst, men her står {value}.",
    "list_type": "Her skal stå en liste, hvor hver linje begynder med '-', men her står {value}.",
    "model_type": "Her skal stå felter med hver sin værdi (fx 'navn: …'), men her står {value}.",
    "model_attributes_type": "Her skal stå felter med hver sin værdi (fx 'navn: …'), men her står {value}.",
    "int_parsing": "Her skal stå et helt tal, men her står {value}.",
    "int_from_float": "Her skal stå et helt tal, men her står {value}.",
    "int_parsing_size": "Tallet {value} er for stort.",
    "int_type": "Her skal stå et helt tal, men her står {value}.",
    "decimal_parsing": "Her skal stå et tal, fx 2 eller 2.5, men her står {value}.",
    "decimal_type": "Her skal stå et tal, fx 2 eller 2.5, men her står {value}.",
    "decimal_max_places": "Tallet må højst have én decimal.",
    "finite_number": "Her skal stå et tal, men her står {value}.",
    "greater_than": "Tallet skal være større end {gt}.",
    "greater_than_equal": "Tallet skal være mindst {ge}.",
    "less_than": "Tallet skal være mindre end {lt}.",
    "less_than_equal": "Tallet må højst være {le}.",
    "string_too_long": "Teksten er for lang. Den må højst være på {max_length} tegn.",
    "too_short": "Listen må ikke være tom.",
    "too_long": "Listen må højst have {max_length} linjer.",
    "date_type": "Skriv datoen som år-måned-dag, fx 2027-09-01.",
    "bool_type": "Skriv ja eller nej.",
    "value_error": "{error}",
}


def check_shape(content: dict):
    """The content as Referencedata (None when it does not fit) and the findings as (path, message)."""
    try:
        return Referencedata.model_validate(content), []
    except ValidationError as error:
        return None, [(finding["loc"], _in_danish(finding)) for finding in error.errors()]


def _in_danish(finding):
    kind, context = finding["type"], finding.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_field(finding["loc"])
    if kind == "literal_error":
        return f"Her kan stå {context['expected'].replace(' or ', ' eller ')}, men her står {quote(finding['input'])}."
    text = MESSAGES.get(kind, "Værdien {value} kan ikke bruges her.")
    return text.format(value=quote(finding["input"]), **context)


def _unknown_field(path):
    known = list(_model_at(path[:-1]).model_fields)
    near = get_close_matches(str(path[-1]), known, n=1, cutoff=0.6)
    advice = f"Mente du '{near[0]}'?" if near else f"Kendte felter: {', '.join(known)}."
    return f"Feltet kendes ikke. {advice}"


def _model_at(path) -> type[BaseModel]:
    """The schema class of the group of fields that the path leads to."""
    model = Referencedata
    for name in (step for step in path if isinstance(step, str)):
        annotation = model.model_fields[name].annotation
        model = next((kind for kind in getattr(annotation, "__args__", ()) if isinstance(kind, type)), annotation)
    return model
