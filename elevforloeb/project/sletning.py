"""Erases a person: what goes, what stays, and in which texts the name has to go.

A new table with a way to a person gets a line here, or the house test says so. The traces in history and access log are
the database's own affair (project/migrations/0001_sletning.py): the application cannot change a word in them itself.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Count, Q, Subquery, Value

from afdelinger.models import Bruger
from afdelinger.permissions import erasable_brugere
from afdelinger.services.brugere import end_sessions
from elevforloeb.core.delivery import remove_files
from elevforloeb.core.models import Mail
from elevforloeb.models import Elev, Hold, Udgivelse, Udkastaendring
from elevforloeb.queries.sletning import Frist, frist
from elevforloeb.services.plan.kladde import lock_hold
from evaluering.models import Dokumentsamling
from skoleophold.models import Fagproeveforsoeg

from .persondata import Kilde

NAVN = "Slettet person"


class Grund(models.TextChoices):
    """Why somebody is erased before the time. Words to choose from, so that none of them can be about the person."""

    OENSKET = "oensket", "Personen har bedt om det"
    FEJL = "fejl", "Oplysningerne skulle ikke have været her"


FRIST = "frist"  # the reason that needs none

# A fagprøve that others write too stays with them, without the name; the one who goes takes her own attempt along.
SAMMEN = Fagproeveforsoeg.objects.values("fagproeve").annotate(n=Count("pk")).filter(n__gt=1).values("fagproeve")

# Rows that go with the course, and with the account. What points to a row stands before it.
# A file goes by the way of its owner, before it, and takes its bytes along: Kilde("core.Fil", "udlaeg__elev__bruger").
FORLOEB = [
    Kilde("evaluering.Dokumentsamling", "elev__bruger"),
    Kilde("project.Uddannelsesbog", "elev__bruger"),
    Kilde("project.Bogtilladelse", "elev__bruger"),
    Kilde("evaluering.Deling", "evaluering__elev__bruger"),
    Kilde("evaluering.Underskrift", "evaluering__elev__bruger"),
    Kilde("evaluering.Svar", "besvarelse__evaluering__elev__bruger"),
    Kilde("evaluering.Besvarelse", "evaluering__elev__bruger"),
    Kilde("evaluering.Punkt", "evaluering__elev__bruger"),
    Kilde("evaluering.Evaluering", "elev__bruger"),
    Kilde("evaluering.Oplaeringserklaering", "elev__bruger"),
    Kilde("evaluering.Dialognote", "elev__bruger"),
    Kilde("core.Journalisering", "dokument__person"),
    Kilde("core.Dokumentfil", "dokument__person"),
    Kilde("core.Dokument", "person"),
    Kilde("core.Fil", "bilag__udlaeg__elev__bruger"),
    Kilde("skoleophold.Bilag", "udlaeg__elev__bruger"),
    Kilde("skoleophold.Udlaeg", "elev__bruger"),
    Kilde("core.Fil", "karakter__elev__bruger"),
    Kilde("core.Fil", "fagproeveforsoeg__elev__bruger"),
    Kilde("core.Fil", "skoleophold__elev__bruger"),
    Kilde("rekruttering.Samtalevagt", "elev__bruger"),
    Kilde("rekruttering.Opstartspunkt", "ansaettelse__elev__bruger"),
    Kilde("rekruttering.Ansaettelse", "elev__bruger"),
    Kilde(
        "skoleophold.Fagproevesvar",
        "formulering__fagproeve__forsoeg__elev__bruger",
        ~Q(formulering__fagproeve__in=SAMMEN),
    ),
    Kilde("skoleophold.Problemformulering", "fagproeve__forsoeg__elev__bruger", ~Q(fagproeve__in=SAMMEN)),
    Kilde("skoleophold.Udkastoptaelling", "fagproeve__forsoeg__elev__bruger", ~Q(fagproeve__in=SAMMEN)),
    Kilde("skoleophold.Fagproeve", "forsoeg__elev__bruger", ~Q(pk__in=SAMMEN)),
    Kilde("skoleophold.Fagproeveforsoeg", "elev__bruger"),
    Kilde("skoleophold.Karakter", "elev__bruger"),
    Kilde("skoleophold.Karakterdeling", "elev__bruger"),
    Kilde("skoleophold.Fagvalg", "elev__bruger"),
    Kilde("skoleophold.Aub", "skoleophold__elev__bruger"),
    Kilde("skoleophold.Turkryds", "elev__bruger"),
    Kilde("skoleophold.Noedkontakt", "elev__bruger"),
    Kilde("skoleophold.Skoleophold", "elev__bruger"),
    Kilde("skoleophold.Skoleophold", "kalenderperiode__elev__bruger"),
    Kilde("skoleophold.Tilknytning", "elev__bruger"),
    Kilde("elevforloeb.Udkastophold", "ophold__elev__bruger"),
    Kilde("elevforloeb.Udkastophold", "elev__bruger"),
    Kilde("elevforloeb.Ophold", "elev__bruger"),
    Kilde("elevforloeb.Kalenderperiode", "elev__bruger"),
    Kilde("elevforloeb.Oenske", "seddel__elev__bruger"),
    Kilde("elevforloeb.Inhabilitet", "seddel__elev__bruger"),
    Kilde("elevforloeb.Oenskeseddel", "elev__bruger"),
    Kilde("elevforloeb.Binding", "elev__bruger"),
    Kilde("elevforloeb.Tildeling", "elev__bruger"),
    Kilde("elevforloeb.Elev", "bruger"),
    Kilde("afdelinger.Udsaettelse", "bruger"),
]
KONTO = [
    Kilde("core.Fil", "elevhistorie__elev"),
    Kilde("rekruttering.Elevhistorie", "elev"),
    Kilde("evaluering.Dokumentsamling", "bestilt_af"),
    Kilde("rekruttering.Sagsmappe", "bestilt_af"),
    Kilde("project.Uddannelsesbog", "bestilt_af"),
    Kilde("evaluering.Fravalg", "bruger"),
    Kilde("skoleophold.Indlaesning", "bruger"),
    Kilde("core.Mail", "modtager"),
    Kilde("afdelinger.Rolletildeling", "bruger"),
    Kilde("afdelinger.Invitation", "bruger"),
    Kilde("afdelinger.Kursusdeltagelse", "bruger"),
    Kilde("project.Kalenderabonnement", "bruger"),
    Kilde("mfa.Authenticator", "user"),
    Kilde("account.EmailConfirmation", "email_address__user"),
    Kilde("account.EmailAddress", "user"),
    Kilde("usersessions.UserSession", "user"),
]
# Rows that the application may not take itself: the owner's function of the table does, for an erased person only.
BY_OWNER = {"core.Dokumentfil": "", "core.Dokument": "slet_dokumenter"}  # which takes the file too
# What stays and points to an account without a name from then on; each with its reason.
BEVARES = {
    "afdelinger.Bruger.pk": "emptied by slet_spor",
    "afdelinger.Invitation.oprettet_af": "about somebody else, who was invited",
    "afdelinger.Rolletildeling.vikar_for": "about the substitute",
    "afdelinger.Udsaettelse.sat_af": "about somebody else, who is kept",
    "core.Fil.oprettet_af": "about whomever the file is about, with whom it goes",
    "core.Haendelse.bruger": "that something was done; slet_spor takes the words",
    "core.Opslag.bruger": "that somebody looked, until the log's own time is up",
    "core.Opslag.person": "that somebody was looked up, until the log's own time is up",
    "core.Journalisering.bruger": "about somebody else",
    "elevforloeb.Binding.oprettet_af": "about the elev",
    "elevforloeb.Fordeling.oprettet_af": "about the hold",
    "elevforloeb.Oenskerunde.oprettet_af": "about the hold",
    "elevforloeb.Ophold.elevvejleder": "about the elev",
    "elevforloeb.Udbudssvar.besvaret_af": "about the department",
    "elevforloeb.Udgivelse.bruger": "about the hold",
    "elevforloeb.Udkast.oprettet_af": "about the hold",
    "elevforloeb.Udkastaendring.bruger": "about the hold",
    "elevforloeb.Udkastophold.elevvejleder": "about the elev",
    "evaluering.Besvarelse.forfatter": "about the elev",
    "evaluering.Dialognote.forfatter": "about the elev",
    "evaluering.Dialognote.ophold": "a second way to a row that is taken by the first",
    "evaluering.Evaluering.dokument": "a second way to a row that is taken by the first",
    "evaluering.Evaluering.elevvejleder": "about the elev",
    "evaluering.Evaluering.ophold": "a second way to a row that is taken by the first",
    "evaluering.Evaluering.retter": "a second way to a row that is taken by the first",
    "evaluering.Evalueringsskema.oprettet_af": "about the form",
    "evaluering.Oplaeringserklaering.dokument": "a second way to a row that is taken by the first",
    "evaluering.Oplaeringserklaering.skole": "a second way to a row that is taken by the first",
    "evaluering.Oplaeringserklaering.underskrevet_af": "about the elev",
    "evaluering.Svar.aendret_af": "about the elev",
    "evaluering.Svar.punkt": "a second way to a row that is taken by the first",
    "evaluering.Underskrift.bruger": "about the elev",
    "rekruttering.Ansoegningsbilag.fil": "an applicant's, who has no account; goes with the application",
    "rekruttering.Ansaettelse.buddy": "about the elev",
    "rekruttering.Besked.sendt_af": "about the applicant",
    "rekruttering.Brev.sendt_af": "about the applicant",
    "rekruttering.Opstartspunkt.gjort_af": "about the elev",
    "rekruttering.Notat.forfatter": "about the applicant",
    "rekruttering.Reference.bruger": "about the applicant",
    "rekruttering.Sagsjournal.bruger": "about the applicant",
    "rekruttering.Sagsskridt.bruger": "about the applicant",
    "rekruttering.Tilbagetraekning.bruger": "about the applicant",
    "rekruttering.Sideudgave.skrevet_af": "about the public page",
    "rekruttering.Udvalgsmedlem.bruger": "about the round",
    "skoleophold.Fagproevesvar.bruger": "about the elev",
    "skoleophold.Fagvalg.vejleder": "about the elev",
    "skoleophold.Udbetaling.afleveret_af": "about the money",
    "skoleophold.Udbetaling.lavet_af": "about the money",
    "skoleophold.Udlaeg.behandlet_af": "about the elev",
    "skoleophold.Skoleperiode.indkaldelse": "about the class",
    "skoleophold.Studietur.ledsager": "about the trip",
    "skoleophold.Turfil.fil": "about the trip",
}
# What others were told or have written, in which a name may stand: it becomes "Slettet person".
TEKSTER = {
    "core.Fil": ["navn"],
    "core.Mail": ["emne", "svar", "data", "brev"],
    "elevforloeb.Binding": ["grund"],
    "elevforloeb.Fordeling": ["navn", "instans", "resultat"],
    "elevforloeb.Inhabilitet": ["grund"],
    "elevforloeb.Oenskerunde": ["besked"],
    "elevforloeb.Oenskeseddel": ["begrundelse", "hensyn"],
    "elevforloeb.Tildeling": ["begrundelse", "begrundelse_fuld"],
    "elevforloeb.Udbudssvar": ["note"],
    "evaluering.Dialognote": ["tekst"],
    "evaluering.Evalueringsskema": ["indledning"],
    "rekruttering.Elevhistorie": ["overskrift", "tekst"],
    "rekruttering.Runde": ["tekst"],
    "rekruttering.Sideudgave": ["titel", "tekst"],
    "rekruttering.Spoergsmaal": ["svar"],
    "skoleophold.Aub": ["note"],
    "skoleophold.Fagproeve": ["emne"],
    "skoleophold.Fagproevesvar": ["kommentar"],
    "skoleophold.Problemformulering": ["tekst"],
    "skoleophold.Indlaesning": ["linjer"],
    "skoleophold.Skolehold": ["note"],
    "skoleophold.Udlaeg": ["formaal", "grund"],
    "skoleophold.Studietur": ["program", "kontakt"],
    "skoleophold.Turfil": ["titel"],
}
# JSON that can hold a name or an id, and who takes it out.
JSON = {
    "core.Dokumentkontrol.problemer": "numbers of documents and sentences of ours",
    "core.Haendelse.data": "slet_spor",
    "core.Mail.brev": "rename",
    "core.Mail.data": "rename",
    "elevforloeb.Fordeling.aendringer": "numbers only, which lead to an elev who is gone",
    "elevforloeb.Fordeling.instans": "rename; its numbers lead to an elev who is gone",
    "elevforloeb.Fordeling.resultat": "rename; its numbers lead to an elev who is gone",
    "elevforloeb.Udgivelse.forskelle": "clean_udgivelser",
    "elevforloeb.Udgivelse.modtagere": "clean_udgivelser",
    "elevforloeb.Udkastaendring.elever": "clean_steps",
    "elevforloeb.Udkastaendring.foer": "clean_steps",
    "rekruttering.Ansoegning.skrevet": "an applicant's, who has no account; goes with the application",
    "skoleophold.Udkastoptaelling.dele": "numbers only",
    "skoleophold.Indlaesning.linjer": "rename, and gone within two days",
    "evaluering.Svarbundt.svar": "numbers only, of several elever together",
    "mfa.Authenticator.data": "goes with the row",
    "usersessions.UserSession.data": "goes with the row",
}


@transaction.atomic
def erase_person(actor, *, person: Bruger, grund: str = FRIST) -> Frist:
    """For good. `grund` FRIST: the time is up; otherwise one of Grund. `actor` None: the system by itself."""
    list(Bruger.objects.select_for_update().filter(pk=person.pk))
    people = erasable_brugere(actor) if actor else Bruger.objects.filter(slettet=None)
    found = frist(people, person.pk)
    if found is None:
        raise ValidationError("Personen er allerede slettet, eller du må ikke slette den.")
    if found.hindring:
        raise ValidationError(found.hindring)
    if grund == FRIST and not found.er_forfalden:
        raise ValidationError("Fristen er ikke nået. Vælg, hvorfor oplysningerne skal slettes nu.")
    _erase(found, actor, grund)
    return found


@dataclass(frozen=True)
class Omfang:
    """What an erasure would take: how many rows of each of our own tables, and how many accounts."""

    raekker: list[tuple[int, str]]
    konti: int
    beholder_konto: int


def extent(found: list[Frist]) -> Omfang:
    """In one statement. What belongs to the log-in is told in words."""
    whole, part = [each.person.pk for each in found if each.hele], [each.person.pk for each in found if not each.hele]
    ways = defaultdict(Q)
    for kilde, pks in [(each, whole + part) for each in FORLOEB] + [(each, whole) for each in KONTO]:
        ways[apps.get_model(kilde.model)] |= kilde.kun & Q(**{f"{kilde.vej}__in": pks})
    counts = {
        model: Subquery(
            model._default_manager.filter(way)
            .order_by()
            .values(one=Value(1))
            .annotate(n=Count("pk", distinct=True))
            .values("n")
        )
        for model, way in ways.items()
        if model.__module__.split(".")[0] != "allauth"
    }
    row = Bruger.objects.filter(pk__in=whole + part).values_list(*counts.values())[:1].get() if counts else ()
    names = [model._meta for model in counts]
    told = [
        (n, meta.verbose_name if n == 1 else meta.verbose_name_plural) for n, meta in zip(row, names, strict=True) if n
    ]
    return Omfang(told, len(whole), len(part))


def _erase(found: Frist, actor, grund: str) -> None:
    person, elev, hele = found.person, found.elev, found.hele
    if elev:
        lock_hold(elev.hold)
    if hele:
        end_sessions(person)
        _remove_mail_files(person)
    names = _erase_traces(person, actor, grund, hele)
    clean_udgivelser(names, person, None if hele else elev.hold)
    if elev:
        clean_steps(names, elev)
    rename(names)
    # Copies of a whole hold's documents, which the others can be collected in again.
    Dokumentsamling.objects.filter(hold__elever__bruger=person).delete()
    for kilde in FORLOEB + KONTO * hele:
        _delete(kilde, person)


def _delete(kilde: Kilde, person: Bruger) -> None:
    if kilde.model not in BY_OWNER:
        apps.get_model(kilde.model)._default_manager.filter(kilde.kun, **{kilde.vej: person.pk}).delete()
    elif function := BY_OWNER[kilde.model]:
        with connection.cursor() as cursor:
            cursor.execute(f"select {function}(%s)", [person.pk])  # noqa: S608  nothing in it is typed by anybody


def _erase_traces(person: Bruger, actor, grund: str, hele: bool) -> re.Pattern:
    """Empty the account, and take the name out of history and access log. Answers how the name is found in a text."""
    with connection.cursor() as cursor:
        cursor.execute("select slet_spor(%s, %s, %s, %s)", [person.pk, actor and actor.pk, grund, hele])
        return re.compile(cursor.fetchone()[0])


def _line(names: re.Pattern, text: str) -> str:
    """A line about others loses the name. One about the person says only that there was one."""
    clean = names.sub(NAVN, text)
    return f"{NAVN}: oplysningen er slettet" if clean.startswith(f"{NAVN}:") else clean


def clean_udgivelser(names: re.Pattern, person: Bruger, hold: Hold | None) -> None:
    """The receipts of `hold`, or of every hold: an account that goes may have been elevvejleder anywhere."""
    rows = Udgivelse.objects.filter(hold=hold) if hold else Udgivelse.objects.all()
    for row in rows.select_for_update():
        lines = [_line(names, line) for line in row.forskelle]
        people = [[None, NAVN, why] if pk == person.pk else [pk, name, why] for pk, name, why in row.modtagere]
        if (lines, people) != (row.forskelle, row.modtagere):
            row.forskelle, row.modtagere = lines, people
            row.save(update_fields=["forskelle", "modtagere"])


def clean_steps(names: re.Pattern, elev: Elev) -> None:
    """A draft's steps forget the elev, so that no step back brings her stays back; the others' part of it remains."""
    for step in Udkastaendring.objects.filter(elever__contains=elev.pk):
        step.elever = [pk for pk in step.elever if pk != elev.pk]
        step.foer = [row for row in step.foer if row[1] != elev.pk]
        step.tekst = _line(names, step.tekst)[:200]
        if step.elever:
            step.save()
        else:
            step.delete()


def rename(names: re.Pattern) -> None:
    for label, fields in TEKSTER.items():
        meta = apps.get_model(label)._meta
        kinds = {field: meta.get_field(field).get_internal_type() for field in fields}
        clean = "{0} = regexp_replace({0}::text, %(find)s, %(put)s, 'g')::{1}".format
        new = ", ".join(clean(name, "jsonb" if kind == "JSONField" else "text") for name, kind in kinds.items())
        found = " or ".join(f"{name}::text ~ %(find)s" for name in kinds)
        with connection.cursor() as cursor:
            sentence = f"update {meta.db_table} set {new} where {found}"  # noqa: S608  nothing in it is typed by anybody
            cursor.execute(sentence, {"find": names.pattern, "put": NAVN})


def _remove_mail_files(person: Bruger) -> None:
    """Those that MAIL_MODE=file has written."""
    ids = list(Mail.objects.filter(modtager=person).values_list("message_id", flat=True))
    transaction.on_commit(lambda: remove_files(ids))
