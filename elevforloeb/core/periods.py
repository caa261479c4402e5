"""Periods: half-open date ranges in the database, an inclusive last day for people."""

from datetime import date, timedelta

from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from .dates import Periode

__all__ = ["DateRange", "PeriodModel", "PeriodQuerySet", "RangeOperators", "checked_period", "period"]


def period(first: date, last: date | None = None) -> DateRange:
    """The range from `first` to `last`, both inclusive. No `last`: open end."""
    return DateRange(first, last + timedelta(days=1) if last else None, "[)")


class PeriodQuerySet(models.QuerySet):
    def on(self, day: date):
        """Rows whose period holds `day`."""
        return self.filter(periode__contains=day)

    def within(self, first: date, last: date | None = None):
        """Rows whose period shares at least one day with `first`..`last` (both inclusive)."""
        return self.filter(periode__overlap=period(first, last))


class PeriodModel(models.Model):
    """A row that is valid from `startdato` to `sidste_dag`, both inclusive; `periode` itself is half-open."""

    periode = DateRangeField("periode")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def startdato(self) -> date:
        return self.periode.lower

    @property
    def slutdato(self) -> date | None:
        """The first day after the period; None when it is open."""
        return self.periode.upper

    @property
    def sidste_dag(self) -> date | None:
        return self.periode.upper - timedelta(days=1) if self.periode.upper else None

    @property
    def span(self) -> Periode:
        """The same days for the pure rules; an open end lies at the end of time."""
        return Periode(self.periode.lower, self.periode.upper or date.max)


def period_is_real(*, open_end: bool) -> Q:
    """For a CheckConstraint: the period has a first day, is not empty and (unless `open_end`) has a last day."""
    real = Q(periode__isempty=False, periode__startswith__isnull=False)
    return real if open_end else real & Q(periode__endswith__isnull=False)


def checked_period(first: date, last: date | None = None) -> DateRange:
    """As `period`, for dates that a person has typed."""
    if last is not None and last < first:
        raise ValidationError({"sidste_dag": "Sidste dag skal være den samme dag som første dag eller senere."})
    return period(first, last)
