"""Danish sorting and searching, the same on every PostgreSQL (also one built without ICU).

The two SQL functions are made by core's first migration; these are their names in Python.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func


class DanskSortering(Func):
    """A key that sorts æ, ø, å (and aa) last."""

    function = "dansk_sortering"
    output_field = models.TextField(db_collation="C")


class DanskFold(Func):
    """A key in which Åse, Aase and aase are the same: case and accents folded, æ→ae, ø/oe→o, å/aa→a."""

    function = "dansk_fold"
    arg_joiner = " || ' ' || "  # several fields make one key; concat() would not be immutable
    output_field = models.TextField()


def sort_key(field: str) -> models.GeneratedField:
    return models.GeneratedField(
        verbose_name="sortering",
        expression=DanskSortering(F(field)),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )


def search_key(*fields: str) -> models.GeneratedField:
    return models.GeneratedField(
        verbose_name="søgenøgle",
        expression=DanskFold(*(F(field) for field in fields)),
        output_field=models.TextField(),
        db_persist=True,
    )


def search_index(field: str, name: str) -> GinIndex:
    return GinIndex(OpClass(F(field), name="gin_trgm_ops"), name=name)


@models.TextField.register_lookup
class Finder(models.Lookup):
    """`soegenoegle__finder=q`: the folded column holds the folded text."""

    lookup_name = "finder"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, column_params = self.process_lhs(compiler, connection)
        text, text_params = self.process_rhs(compiler, connection)
        # position() would need no escaping, but only LIKE uses the trigram index.
        return (
            f"{column} LIKE '%%' || replace(replace(dansk_fold({text}), '%%', '\\%%'), '_', '\\_') || '%%'",
            (*column_params, *text_params),
        )
