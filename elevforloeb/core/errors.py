"""Errors that a person can mend: from the constraints of the database to a field of the form."""

import re
from contextlib import contextmanager
from datetime import date
from hashlib import sha256

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, transaction

from .dates import full_date


class StaleError(ValidationError):
    """Somebody else has saved since this person opened the form. A view answers 409 and keeps the text."""


def fingerprint(instance, fields) -> str:
    """A version of the named fields, for a hidden field: it changes when any of them does."""
    values = "\x1f".join(str(getattr(instance, field)) for field in fields)
    return sha256(values.encode()).hexdigest()[:16]


Facts = list[tuple[str, object, object]]  # label, what stands there now, what this person typed


def compared(instance, typed: dict) -> Facts:
    fields = {name: instance._meta.get_field(name) for name in typed}
    return [(str(fields[name].verbose_name), getattr(instance, name), value) for name, value in typed.items()]


def conflict(who: str, facts: Facts) -> StaleError:
    """Both texts: what stands there now is in the message, what this person wrote stands in the form."""
    differs = [f"{label}: {_shown(now)}" for label, now, typed in facts if now != typed]
    there = f" Nu står der {', '.join(differs)}." if differs else ""
    return StaleError(
        f"{who} har gemt en rettelse, mens du skrev.{there} "
        "Din rettelse er ikke gemt, men står her stadig. Gem igen, hvis den skal gælde."
    )


def _shown(value) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, date):
        return full_date(value)
    return str(value) if value not in (None, "") else "ikke udfyldt"


def save_checked(instance) -> None:
    """full_clean and save. What only the database could see (a simultaneous save) is a ValidationError as well."""
    instance.full_clean()
    with mendable(instance):
        instance.save()


def create_checked(rows: list) -> None:
    """The same for many new rows of a model, in one insert. The database alone checks relations and constraints."""
    if not rows:
        return
    model = type(rows[0])
    relations = [field.name for field in model._meta.fields if field.is_relation]  # each would be asked for by itself
    for row in rows:
        row.clean_fields(exclude=relations)
        row.clean()
    with mendable(model):
        model.objects.bulk_create(rows, batch_size=1000)


@contextmanager
def mendable(*models):
    """A broken constraint of `models`, or a trigger of ours that says no, becomes a ValidationError in Danish."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            yield
            cursor.execute("set constraints all immediate")  # deferred triggers speak now, not at commit
            cursor.execute("set constraints all deferred")
    except IntegrityError as exc:
        raise explain(exc, models) from exc


def explain(exc: IntegrityError, models) -> ValidationError:
    diag = exc.__cause__.diag
    for meta in (model._meta for model in models):
        for constraint in meta.constraints:
            if constraint.name == diag.constraint_name:
                return ValidationError(constraint.get_violation_error_message(), code=constraint.name)
        for field in meta.fields:
            if diag.constraint_name == f"{meta.db_table}_{field.column}_key":
                return ValidationError({field.name: field.error_messages["unique"]})
    if diag.source_function == "exec_stmt_raise":  # raised by a trigger of ours, in Danish
        words = re.sub(r"\d{4}-\d\d-\d\d", lambda day: full_date(date.fromisoformat(day[0])), diag.message_primary)
        return ValidationError(f"{words}.", code=diag.constraint_name)
    raise exc


def add_errors(form, error: ValidationError) -> None:
    """Put each message at its field. What belongs to no field of this form stands at the top."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for name, errors in by_field.items():
        form.add_error(name if name in form.fields else None, errors)


def accepted(form, act, **more) -> bool:
    """Give the cleaned data of a valid form to a service and keep its answer in `form.result`.

    False: the form holds what the person must mend.
    """
    if not form.is_valid():
        return False
    try:
        form.result = act(**form.cleaned_data, **more)
    except ValidationError as error:
        form.is_stale = isinstance(error, StaleError)
        add_errors(form, error)
        return False
    return True


def status_of(form) -> int:
    """The HTTP status of a page that shows the form: 409 after a conflict, 422 with errors."""
    if getattr(form, "is_stale", False):
        return 409
    return 422 if form.errors else 200
