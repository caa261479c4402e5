"""One small cast that most tests share: two departments, their people, two elever and those who are around them."""

import pickle
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db import connection, transaction

from afdelinger.models import Afdeling, Bruger, Delophold, Kursus, Opgave, Rolle
from elevforloeb.core.periods import period
from elevforloeb.models import Elev, Kalenderperiode, Ophold
from elevforloeb.services.kalender import add_kalenderperiode

from .factories import (
    AfdelingFactory,
    BrugerFactory,
    ElevFactory,
    HoldFactory,
    KalenderperiodeFactory,
    OpgaveFactory,
    OpholdFactory,
    RolletildelingFactory,
    add_rules,
)

OURS = {"core", "afdelinger", "elevforloeb", "project", "rekruttering", "evaluering", "skoleophold"}


@dataclass
class Cast:
    """Today is 2027-10-15. Åse is in Økonomi, Bo in Personale; they swap on 2028-01-01."""

    oekonomi: Afdeling
    personale: Afdeling
    elevansvarlig: Bruger
    administrator: Bruger
    leder: Bruger  # of Økonomi
    vejleder: Bruger  # in Økonomi
    anden_vejleder: Bruger  # in Personale
    fremmed: Bruger  # has an account and no role
    aase: Elev
    bo: Elev
    ophold: Ophold  # Åse's stay in Økonomi
    opgave: Opgave  # in Økonomi
    delophold: Delophold  # in Økonomi
    kursus: Kursus
    skole: Kalenderperiode  # Åse's, in November
    ferie: Kalenderperiode  # Åse's, at Christmas, written by Vera


def person(navn: str, rolle: str | None = None, afdeling: Afdeling | None = None) -> Bruger:
    bruger = BrugerFactory(navn=navn)
    if rolle:
        RolletildelingFactory(bruger=bruger, rolle=rolle, afdeling=afdeling)
    return bruger


def make_cast() -> Cast:
    cast = people()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")  # as after a commit
    return cast


class WrittenCast:
    """The cast, made once by factories and services and then written again for each test.

    Its rows come back as they were, in one statement: a fifth of the time, which is most of what a short test takes.
    """

    def __init__(self):
        with transaction.atomic(), connection.cursor() as cursor:
            self.people = pickle.dumps(people())
            self.tables = read_tables()
            self.rows = "".join(insert(cursor, model, rows) for model, rows in self.tables.items() if rows)
            transaction.set_rollback(True)

    def write(self) -> Cast:
        put_back(self.rows)
        return self.read()

    def read(self) -> Cast:
        """Its people and things as Python knows them, for whom the rows are there already."""
        return pickle.loads(self.people)  # noqa: S301 - our own


def read_tables() -> dict:
    """Model: its rows, as text, which fits a column of any kind."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OURS]
    with connection.cursor() as cursor:
        return {model: _rows(cursor, model) for model in models if model._meta.managed}


def put_back(statements: str) -> None:
    """Every trigger and key let these rows in once; now they are only put back."""
    role = "set local session_replication_role ="
    with connection.cursor() as cursor:
        cursor.execute(f"{role} replica; {statements} {role} origin")


def _columns(model) -> list[str]:
    return [field.column for field in model._meta.concrete_fields if not field.generated]


def _rows(cursor, model) -> set[tuple]:
    columns = ", ".join(f"{column}::text" for column in _columns(model))
    cursor.execute(f"select {columns} from {model._meta.db_table}")  # noqa: S608
    return set(cursor.fetchall())


def insert(cursor, model, rows) -> str:
    """As a statement that can be kept. In the order of the keys: what comes first was there first."""
    columns = _columns(model)
    key = columns.index(model._meta.pk.column)
    rows = sorted(rows, key=lambda row: (len(row[key]), row[key]))
    marks = ", ".join(f"({', '.join(['%s'] * len(columns))})" for _ in rows)
    into = f"insert into {model._meta.db_table} ({', '.join(columns)}) values {marks};\n"  # noqa: S608
    return cursor.mogrify(into, [value for row in rows for value in row])


def people() -> Cast:
    add_rules()
    oekonomi = AfdelingFactory(kode="oekonomi", navn="Økonomi og Analyse", kortnavn="Økonomi")
    personale = AfdelingFactory(kode="personale", navn="Personale & Udvikling", kortnavn="Personale")
    vejleder = person("Vera Vejleder", Rolle.ELEVVEJLEDER, oekonomi)
    anden_vejleder = person("Anders Anden", Rolle.ELEVVEJLEDER, personale)
    hold = HoldFactory(navn="Hold 2027")
    aase = ElevFactory(bruger=BrugerFactory(navn="Åse Ærlig"), hold=hold)
    bo = ElevFactory(bruger=BrugerFactory(navn="Bo Berg"), hold=hold)
    autumn = period(date(2027, 9, 1), date(2027, 12, 31))
    winter = period(date(2028, 1, 1), date(2028, 4, 30))
    ophold = OpholdFactory(elev=aase, afdeling=oekonomi, elevvejleder=vejleder, periode=autumn)
    OpholdFactory(elev=aase, afdeling=personale, elevvejleder=anden_vejleder, periode=winter)
    OpholdFactory(elev=bo, afdeling=personale, elevvejleder=anden_vejleder, periode=autumn)
    OpholdFactory(elev=bo, afdeling=oekonomi, elevvejleder=vejleder, periode=winter)
    skole = KalenderperiodeFactory(
        elev=aase, titel="Skoleophold 1", periode=period(date(2027, 11, 1), date(2027, 11, 26))
    )
    christmas = {"startdato": date(2027, 12, 20), "sidste_dag": date(2027, 12, 23)}
    ferie = add_kalenderperiode(vejleder, elev=aase, art=Kalenderperiode.Art.FERIE, **christmas)
    return Cast(
        oekonomi=oekonomi,
        personale=personale,
        elevansvarlig=person("Else Ansvarlig", Rolle.ELEVANSVARLIG),
        administrator=person("Adam Administrator", Rolle.ADMINISTRATOR),
        leder=person("Lis Leder", Rolle.LEDER, oekonomi),
        vejleder=vejleder,
        anden_vejleder=anden_vejleder,
        fremmed=person("Frida Fremmed"),
        aase=aase,
        bo=bo,
        ophold=ophold,
        opgave=OpgaveFactory(afdeling=oekonomi, navn="Afstemme konti"),
        delophold=Delophold.objects.create(afdeling=oekonomi, navn="Borgerservice", varighed="1 uge"),
        kursus=Kursus.objects.create(nummer="49998", titel="Oplæringsvejleder", euu_kode="AD", dage=1),
        skole=skole,
        ferie=ferie,
    )
