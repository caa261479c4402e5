"""The history of an erased elev's evaluations is emptied like that of the elev: a reason in it may be about the person.

The function is the one of 0001 with two lines more.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("elevforloeb.project.migrations.0001_sletning").CREATE
OLD = """    (objekttype = 'elevforloeb.Elev' and objekt_id = any(forloeb))
"""
NEW = """    (objekttype = 'elevforloeb.Elev' and objekt_id = any(forloeb))
    or (objekttype = 'evaluering.Evaluering'
      and objekt_id in (select id from evaluering_evaluering where elev_id = any(forloeb)))
"""
FUNCTION = BEFORE[: BEFORE.index("comment on")].replace("create function", "create or replace function")
assert FUNCTION.count(OLD) == 1  # noqa: S101  the file must not quietly do nothing


class Migration(migrations.Migration):
    dependencies = [("project", "0001_sletning"), ("evaluering", "0001_tabeller")]
    operations = [migrations.RunSQL(FUNCTION.replace(OLD, NEW), FUNCTION)]
