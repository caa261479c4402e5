"""Brings the rows of the database in line with the rows of a file, without taking back what people have changed.

A row that is missing is created. A row that is there and differs is left alone and told about; only with `overwrite`
is it set to what the file says. Rows that the file does not have are never touched.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from operator import attrgetter, itemgetter

from django.db import models


class Outcome(Enum):
    CREATED = "oprettet"
    UPDATED = "opdateret"
    UNCHANGED = "uændret"
    KEPT = "afviger"


@dataclass
class Sync:
    """One load. `outcomes`: what happened to each row. `kept`: rows and fields that differ from the file."""

    overwrite: bool = False
    describe: Callable[[models.Model], str] = "'{}'".format
    outcomes: dict[models.Model, Outcome] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    def rows(self, existing, key_fields, wanted: list[dict], *, unless_new=()) -> dict:
        """One row for each dict in `wanted`; answers them by key.

        `existing` is a queryset that holds every row that could be meant. Fields in `unless_new` do not make a row
        differ (one more row in the middle moves the order of all the rest), but are set with the others.
        """
        found = {_key(vars(row), key_fields): row for row in existing}
        created, updated, answer = [], [], {}
        for values in wanted:
            key = _key(values, key_fields)
            row = found.get(key)
            if row is None:
                row = existing.model(**values)
                created.append(row)
            elif self._is_overwritten(row, _differing(row, values, () if self.overwrite else unless_new)):
                _assign(row, values)
                updated.append(row)
            answer[key] = row
        self._create(existing.model, created)
        if updated:
            existing.model.objects.bulk_update(updated, set(wanted[0]) - set(key_fields))
        return answer

    def series(self, existing, group_field: str, wanted: dict[object, list[dict]], *, order="periode"):
        """Rows that only make sense together: a whole series is as in the file, is replaced or is left alone."""
        there = defaultdict(list)
        for row in existing:
            there[getattr(row, group_field)].append(row)
        created, replaced = [], []
        for group, values in wanted.items():
            rows = there[group]
            if rows and not self._is_overwritten(rows[0], _differing_series(rows, values, order), *rows[1:]):
                continue
            replaced += rows
            created += [existing.model(**each) for each in values]
        existing.model.objects.filter(pk__in=[row.pk for row in replaced]).delete()
        self.outcomes = {row: outcome for row, outcome in self.outcomes.items() if row not in set(replaced)}
        self._create(existing.model, created)
        groups = {getattr(row, group_field) for row in replaced}
        self.outcomes |= {row: Outcome.UPDATED for row in created if getattr(row, group_field) in groups}

    def links(self, relation, wanted: dict[models.Model, set[int]], candidates: set[int]):
        """The many-to-many `relation` (Model.field) of the rows in `wanted`. Only links to `candidates` count."""
        source, target, name = _ends(relation)
        linked = defaultdict(set)
        for link in relation.through.objects.filter(**{f"{source}__in": list(wanted), f"{target}__in": candidates}):
            linked[getattr(link, f"{source}_id")].add(getattr(link, f"{target}_id"))
        missing, surplus = [], models.Q(pk__in=[])
        for row, ids in wanted.items():
            there = linked[row.pk]
            new = self.outcomes[row] is Outcome.CREATED
            if new or self._is_overwritten(row, [name] if there != ids else []):
                missing += [relation.through(**{f"{source}_id": row.pk, f"{target}_id": pk}) for pk in ids - there]
                surplus |= models.Q(**{source: row, f"{target}__in": there - ids}) if there - ids else models.Q()
        relation.through.objects.filter(surplus).delete()
        relation.through.objects.bulk_create(missing)

    def summary(self) -> dict[str, Counter]:
        """'opgaver' -> how many rows were created, updated, unchanged and left alone."""
        counts = defaultdict(Counter)
        for row, outcome in self.outcomes.items():
            counts[str(row._meta.verbose_name_plural)][outcome] += 1
        return dict(counts)

    def changed(self) -> list[models.Model]:
        return [row for row, outcome in self.outcomes.items() if outcome in (Outcome.CREATED, Outcome.UPDATED)]

    def _create(self, model, rows):
        model.objects.bulk_create(rows)
        self.outcomes |= dict.fromkeys(rows, Outcome.CREATED)

    def _is_overwritten(self, row, fields: list[str], *rest) -> bool:
        """Settles a row (and the rest of its series) in which these fields differ."""
        if not fields:
            for each in (row, *rest):
                self.outcomes.setdefault(each, Outcome.UNCHANGED)
            return False
        self.outcomes |= dict.fromkeys((row, *rest), Outcome.UPDATED if self.overwrite else Outcome.KEPT)
        if not self.overwrite:
            self.kept.append(f"{row._meta.verbose_name} {self.describe(row)}: {_labels(row, fields)}")
        return self.overwrite


def _key(values, fields):
    return tuple(values[name] for name in fields)


def _differing(row, values, ignored=()) -> list[str]:
    return [name for name, value in values.items() if name not in ignored and getattr(row, name) != value]


def _differing_series(rows, wanted, order) -> list[str]:
    if len(rows) != len(wanted):
        return [order]
    rows, wanted = sorted(rows, key=attrgetter(order)), sorted(wanted, key=itemgetter(order))
    fields = [name for row, values in zip(rows, wanted, strict=True) for name in _differing(row, values)]
    return list(dict.fromkeys(fields))


def _assign(row, values):
    for name, value in values.items():
        setattr(row, name, value)


def _ends(relation) -> tuple[str, str, str]:
    """The two columns of the table between, seen from the model that the relation was asked on, and its name there."""
    source, target = relation.field.m2m_field_name(), relation.field.m2m_reverse_field_name()
    if relation.reverse:
        return target, source, relation.rel.related_name
    return source, target, relation.field.name


def _labels(row, fields) -> str:
    found = (row._meta.get_field(name) for name in fields)
    return ", ".join(str(getattr(f, "verbose_name", None) or f.related_model._meta.verbose_name_plural) for f in found)
