"""Loads reference data: departments, tasks, goals, courses and dated rules, as written in a municipality's files."""

from django.db import connection, transaction

from afdelinger.models import (
    Afdeling,
    Delophold,
    ItSystem,
    Jobkompetence,
    Kursus,
    Maal,
    Maalsaet,
    Opgave,
    Pladser,
    Underomraade,
)
from afdelinger.referencedata import ROEDOVRE, Referencedata, ReferencedataError, read, with_last_days
from elevforloeb.core import audit
from elevforloeb.core.filesync import Outcome, Sync
from elevforloeb.core.models import Regel
from elevforloeb.core.periods import period

__all__ = ["ROEDOVRE", "ReferencedataError", "load_referencedata", "missing_rules", "read", "with_last_days"]

LOCK = 20170901  # any number of our own: two loads at once wait for each other


@transaction.atomic
def load_referencedata(actor, *, data: Referencedata, overwrite: bool = False) -> Sync:
    """Creates what is missing. What differs is left as people have made it, unless `overwrite`."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    return _Load(data, overwrite).run(actor)


def missing_rules(on) -> list[str]:
    """Rules that the system reckons with (those of Rødovre's file) but that have no value on the day."""
    known = {regel.noegle: regel.navn for regel in read(ROEDOVRE).regler}
    there = set(Regel.objects.on(on).values_list("noegle", flat=True))
    return [f"{navn} ({noegle})" for noegle, navn in known.items() if noegle not in there]


class _Load:
    """The steps of one load. Each table takes one or two queries, however many rows it has."""

    def __init__(self, data, overwrite):
        self.data = data
        self.sync = Sync(overwrite, self._describe)
        self.afdelinger: dict[str, Afdeling] = {}  # by kode
        self.afdelingsnavne: dict[int, str] = {}

    def run(self, actor) -> Sync:
        self._maal()
        self._jobkompetencer()
        self._afdelinger()
        self._parts_of_afdelinger()
        self._opgaver()
        self._kurser()
        self._regler()
        self._record(actor)
        return self.sync

    def _maal(self):
        wanted = [_fields(each, "kode", "navn", "kilde", periode=_period(each)) for each in self.data.maalsaet]
        saet = self.sync.rows(Maalsaet.objects.filter(kode__in=_all(wanted, "kode")), ["kode"], wanted)
        maal = [
            _fields(each, "kode", "navn", "obligatorisk", maalsaet_id=saet[(one.kode,)].pk, nr=nr)
            for one in self.data.maalsaet
            for nr, each in enumerate(one.maal, start=1)
        ]
        existing = Maal.objects.filter(maalsaet__in=saet.values())
        self.maal = self.sync.rows(existing, ["maalsaet_id", "kode"], maal, unless_new=["nr"]).values()

    def _jobkompetencer(self):
        wanted = [
            _fields(each, "kode", "navn", "kort", nr=nr) for nr, each in enumerate(self.data.jobkompetencer, start=1)
        ]
        existing = Jobkompetence.objects.filter(kode__in=_all(wanted, "kode"))
        self.jobkompetencer = self.sync.rows(existing, ["kode"], wanted, unless_new=["nr"]).values()

    def _afdelinger(self):
        """In rounds: a successor must be there before the department that it follows."""
        waiting = list(self.data.afdelinger)
        while waiting:
            ready = [each for each in waiting if not each.efterfoelger or each.efterfoelger in self.afdelinger]
            wanted = [self._afdeling(each) for each in ready]
            existing = Afdeling.objects.filter(kode__in=_all(wanted, "kode"))
            self.afdelinger |= {kode: row for (kode,), row in self.sync.rows(existing, ["kode"], wanted).items()}
            waiting = [each for each in waiting if each.kode not in self.afdelinger]
        self.afdelingsnavne = {row.pk: row.navn for row in self.afdelinger.values()}

    def _afdeling(self, each):
        names = "kode navn kortnavn art forvaltning adresse stoerrelse beskrivelse elevens_rolle farve"
        successor = self.afdelinger[each.efterfoelger].pk if each.efterfoelger else None
        return _fields(each, *names.split(), periode=_period(each), efterfoelger_id=successor)

    def _parts_of_afdelinger(self):
        areas, systems, visits, places = [], [], [], {}
        for each, pk in self._afdelinger_with_pk():
            areas += [
                {"afdeling_id": pk, "navn": navn, "nr": nr} for nr, navn in enumerate(each.underomraader, start=1)
            ]
            systems += [_fields(part, "navn", "bestillingstid", afdeling_id=pk) for part in each.it_systemer]
            visits += [
                _fields(part, "navn", "varighed", "beskrivelse", afdeling_id=pk, nr=nr)
                for nr, part in enumerate(each.delophold, start=1)
            ]
            places[pk] = [
                _fields(part, "antal", "kilde", afdeling_id=pk, periode=period(part.fra, last))
                for part, last in with_last_days(each.pladser)
            ]
        key = ["afdeling_id", "navn"]
        self.underomraader = self.sync.rows(self._of_afdelinger(Underomraade), key, areas, unless_new=["nr"])
        self.sync.rows(self._of_afdelinger(ItSystem), key, systems)
        self.sync.rows(self._of_afdelinger(Delophold), key, visits, unless_new=["nr"])
        self.sync.series(self._of_afdelinger(Pladser), "afdeling_id", places)

    def _opgaver(self):
        written = {each.kode: each for afdeling in self.data.afdelinger for each in afdeling.opgaver}
        wanted = [
            self._opgave(each, pk, nr)
            for afdeling, pk in self._afdelinger_with_pk()
            for nr, each in enumerate(afdeling.opgaver, start=1)
        ]
        existing = Opgave.objects.filter(kode__in=written)
        opgaver = self.sync.rows(existing, ["kode"], wanted, unless_new=["nr"])
        for field, targets in (("maal", self.maal), ("jobkompetencer", self.jobkompetencer)):
            links = {
                row: {target.pk for target in targets if target.kode in getattr(written[kode], field)}
                for (kode,), row in opgaver.items()
            }
            self.sync.links(getattr(Opgave, field), links, {target.pk for target in targets})

    def _opgave(self, each, afdeling_id, nr):
        area = self.underomraader[(afdeling_id, each.underomraade)].pk if each.underomraade else None
        names = ["kode", "navn", "hvem_gavner", "udgaaet"]
        return _fields(each, *names, art=each.art or "", afdeling_id=afdeling_id, underomraade_id=area, nr=nr)

    def _kurser(self):
        names = ["nummer", "titel", "euu_kode", "dage", "tilknyttet_fra", "udgaar", "for_elevvejledere"]
        wanted = [_fields(each, *names) for each in self.data.kurser]
        kurser = self.sync.rows(Kursus.objects.filter(nummer__in=_all(wanted, "nummer")), ["nummer"], wanted)
        links = {
            self.afdelinger[each.kode]: {kurser[(nummer,)].pk for nummer in each.kurser}
            for each in self.data.afdelinger
        }
        self.sync.links(Afdeling.kurser, links, {row.pk for row in kurser.values()})

    def _regler(self):
        series = {}
        for regel in self.data.regler:
            series.setdefault(regel.noegle, []).append(regel)
        wanted = {
            noegle: [
                _fields(each, "noegle", "navn", "vaerdi", "enhed", "kilde", "note", periode=period(each.fra, last))
                for each, last in with_last_days(rows)
            ]
            for noegle, rows in series.items()
        }
        self.sync.series(Regel.objects.filter(noegle__in=wanted), "noegle", wanted)

    def _record(self, actor):
        """One line in the history of every department that the load changed something in."""
        touched = {
            row.pk if isinstance(row, Afdeling) else getattr(row, "afdeling_id", None) for row in self.sync.changed()
        }
        for row in self.afdelinger.values():
            if row.pk in touched:
                new = self.sync.outcomes[row] is Outcome.CREATED
                text = "Oprettet fra referencedata" if new else "Ændret ved indlæsning af referencedata"
                audit.record(actor, "afdeling.indlaest", row, text)

    def _afdelinger_with_pk(self):
        return ((each, self.afdelinger[each.kode].pk) for each in self.data.afdelinger)

    def _of_afdelinger(self, model):
        return model.objects.filter(afdeling__in=self.afdelinger.values())

    def _describe(self, row):
        """In which department, for rows whose name alone could be in several."""
        afdeling = self.afdelingsnavne.get(getattr(row, "afdeling_id", None))
        return f"'{row}' i '{afdeling}'" if afdeling else f"'{row}'"


def _fields(row, *names, **others) -> dict:
    return {name: getattr(row, name) for name in names} | others


def _all(rows: list[dict], name) -> list:
    return [row[name] for row in rows]


def _period(row):
    return period(row.fra, row.til)
