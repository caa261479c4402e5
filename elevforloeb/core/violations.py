"""A broken database constraint in words for the person who typed."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction


@contextmanager
def violations_in_words(model, *, field=None, **more):
    """Turns what the constraints of `model` refuse into a ValidationError at `field`.

    Deferred constraints speak at the end of the block, not at the commit. `more` has words for names that the model does
    not declare, such as those of triggers.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            yield
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        words = {each.name: each.violation_error_message for each in model._meta.constraints} | more
        if name not in words:
            raise
        message = ValidationError(words[name], code=name)
        raise ValidationError({field: message} if field else message) from error
