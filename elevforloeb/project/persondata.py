"""Everything that the system holds about one person, to hand out to that person (GDPR art. 15).

A new table with a way to a person is named here, or the house test says so.
"""

from datetime import date, datetime
from typing import NamedTuple

from django.apps import apps
from django.contrib.postgres.fields import DateRangeField
from django.db.models import GeneratedField, Q

from elevforloeb.core.dates import now


class Kilde(NamedTuple):
    model: str
    vej: str  # the lookup from a row to the person it is about
    kun: Q = Q()  # noqa: RUF009  which of them the person may have already

    @property
    def first_step(self) -> str:
        """Where the way begins, as model.field. A Fil knows nobody: its way begins with the field that points to it."""
        model, step = apps.get_model(self.model), self.vej.split("__")[0]
        field = None if step == "pk" else model._meta.get_field(step)
        if field is None or field.concrete:
            return f"{self.model}.{step}"
        return f"{field.related_model._meta.label}.{field.field.name}"


def _open_or_own(to_evaluering: str, to_besvarelse: str) -> Q:
    """What somebody else has not shared is a draft, and nobody else's: also when the talk was held without it."""
    is_open = Q(**{f"{to_evaluering}status__in": ["samtale", "laast", "forseglet"]})
    is_shared = Q(**{f"{to_besvarelse}delt__isnull": False}) | Q(**{f"{to_besvarelse}part": "faelles"})
    return is_open & is_shared | Q(**{f"{to_besvarelse}part": "elev"})


KILDER = [
    Kilde("afdelinger.Bruger", "pk"),
    Kilde("afdelinger.Rolletildeling", "bruger"),
    Kilde("afdelinger.Invitation", "bruger"),
    Kilde("afdelinger.Kursusdeltagelse", "bruger"),
    Kilde("afdelinger.Udsaettelse", "bruger"),
    Kilde("elevforloeb.Elev", "bruger"),
    Kilde("elevforloeb.Ophold", "elev__bruger"),
    Kilde("elevforloeb.Kalenderperiode", "elev__bruger"),
    Kilde("elevforloeb.Oenskeseddel", "elev__bruger"),
    Kilde("elevforloeb.Oenske", "seddel__elev__bruger"),
    Kilde("elevforloeb.Inhabilitet", "seddel__elev__bruger"),
    Kilde("elevforloeb.Binding", "elev__bruger"),
    Kilde("elevforloeb.Tildeling", "elev__bruger"),
    Kilde("evaluering.Evaluering", "elev__bruger"),
    Kilde("evaluering.Punkt", "evaluering__elev__bruger"),
    Kilde("evaluering.Besvarelse", "evaluering__elev__bruger", _open_or_own("evaluering__", "")),
    Kilde(
        "evaluering.Svar",
        "besvarelse__evaluering__elev__bruger",
        _open_or_own("besvarelse__evaluering__", "besvarelse__"),
    ),
    Kilde("evaluering.Underskrift", "evaluering__elev__bruger"),
    Kilde("evaluering.Deling", "evaluering__elev__bruger"),
    Kilde("evaluering.Dialognote", "elev__bruger"),
    Kilde("evaluering.Fravalg", "bruger"),
    Kilde("evaluering.Oplaeringserklaering", "elev__bruger", ~Q(status="kladde")),
    Kilde("core.Dokument", "person"),
    Kilde("core.Dokumentfil", "dokument__person"),
    Kilde("core.Journalisering", "dokument__person"),
    Kilde("skoleophold.Tilknytning", "elev__bruger"),
    Kilde("skoleophold.Skoleophold", "elev__bruger"),
    Kilde("skoleophold.Aub", "skoleophold__elev__bruger"),
    Kilde("skoleophold.Turkryds", "elev__bruger"),
    Kilde("skoleophold.Noedkontakt", "elev__bruger"),
    Kilde("skoleophold.Fagvalg", "elev__bruger"),
    Kilde("skoleophold.Karakter", "elev__bruger"),
    Kilde("skoleophold.Karakterdeling", "elev__bruger"),
    Kilde("skoleophold.Fagproeveforsoeg", "elev__bruger"),
    Kilde("skoleophold.Fagproeve", "forsoeg__elev__bruger"),
    Kilde("skoleophold.Problemformulering", "fagproeve__forsoeg__elev__bruger"),
    Kilde("skoleophold.Fagproevesvar", "formulering__fagproeve__forsoeg__elev__bruger"),
    Kilde("skoleophold.Udkastoptaelling", "fagproeve__forsoeg__elev__bruger"),
    Kilde("core.Fil", "karakter__elev__bruger"),
    Kilde("core.Fil", "fagproeveforsoeg__elev__bruger"),
    Kilde("core.Fil", "skoleophold__elev__bruger"),
    Kilde("project.Bogtilladelse", "elev__bruger"),
    Kilde("skoleophold.Udlaeg", "elev__bruger"),
    Kilde("skoleophold.Bilag", "udlaeg__elev__bruger"),
    Kilde("core.Fil", "bilag__udlaeg__elev__bruger"),
    Kilde("rekruttering.Elevhistorie", "elev"),
    Kilde("rekruttering.Ansaettelse", "elev__bruger"),
    Kilde("rekruttering.Samtalevagt", "elev__bruger"),
    Kilde("rekruttering.Opstartspunkt", "ansaettelse__elev__bruger"),
    Kilde("core.Fil", "elevhistorie__elev"),
    Kilde("core.Mail", "modtager"),
    Kilde("core.Opslag", "person"),
    Kilde("project.Kalenderabonnement", "bruger"),
    Kilde("usersessions.UserSession", "user"),
    Kilde("account.EmailAddress", "user"),
]

# Ways to a person that are not about that person, or that the person may not have; each with its reason.
IKKE_MED = {
    "account.EmailConfirmation.email_address": "not in use: an address is confirmed by the invitation",
    "afdelinger.Invitation.oprettet_af": "says who invited somebody else",
    "afdelinger.Rolletildeling.vikar_for": "is about the substitute",
    "afdelinger.Udsaettelse.sat_af": "is about the person who is kept",
    "skoleophold.Fagproevesvar.bruger": "who approved; the answer is about the elev",
    "core.Fil.oprettet_af": "who sent it in; a file is exported with the row that it belongs to",
    "core.Haendelse.bruger": "the acts of somebody at work; what is about a person hangs on that person's rows",
    "core.Opslag.bruger": "the look-ups that somebody made at work",
    "core.Journalisering.bruger": "who filed it",
    "elevforloeb.Binding.oprettet_af": "who decided it",
    "elevforloeb.Fordeling.oprettet_af": "who ran an allocation",
    "elevforloeb.Oenskerunde.oprettet_af": "who opened a round",
    "elevforloeb.Ophold.elevvejleder": "is about the elev",
    "elevforloeb.Udbudssvar.besvaret_af": "who answered for a department",
    "elevforloeb.Udgivelse.bruger": "who published a plan",
    "elevforloeb.Udkast.oprettet_af": "who works on a plan",
    "elevforloeb.Udkastaendring.bruger": "who works on a plan",
    "elevforloeb.Udkastophold.elev": "a plan that nobody has decided yet",
    "elevforloeb.Udkastophold.elevvejleder": "a plan that nobody has decided yet",
    "elevforloeb.Udkastophold.ophold": "a plan that nobody has decided yet",
    "evaluering.Besvarelse.forfatter": "is about the elev",
    "evaluering.Dialognote.forfatter": "is about the elev",
    "evaluering.Dialognote.ophold": "a second way to a row that is handed out by the first",
    "evaluering.Dokumentsamling.bestilt_af": "copies of what is handed out by itself, gone after a day",
    "evaluering.Dokumentsamling.elev": "copies of what is handed out by itself, gone after a day",
    "evaluering.Evaluering.dokument": "a second way to a row that is handed out by the first",
    "evaluering.Evaluering.elevvejleder": "is about the elev",
    "evaluering.Evaluering.ophold": "a second way to a row that is handed out by the first",
    "evaluering.Evaluering.retter": "a second way to a row that is handed out by the first",
    "evaluering.Evalueringsskema.oprettet_af": "who works on a form",
    "evaluering.Oplaeringserklaering.dokument": "a second way to a row that is handed out by the first",
    "evaluering.Oplaeringserklaering.skole": "a second way to a row that is handed out by the first",
    "evaluering.Oplaeringserklaering.underskrevet_af": "is about the elev",
    "evaluering.Svar.aendret_af": "is about the elev",
    "evaluering.Svar.punkt": "a second way to a row that is handed out by the first",
    "evaluering.Underskrift.bruger": "is about the elev",
    "mfa.Authenticator.user": "secrets of the log-in",
    "project.Uddannelsesbog.bestilt_af": "copies of what is handed out by itself, gone after some days",
    "project.Uddannelsesbog.elev": "copies of what is handed out by itself, gone after some days",
    "rekruttering.Ansoegningsbilag.fil": "an applicant's, who has no account and a page of her own to get it from",
    "rekruttering.Ansaettelse.buddy": "is about the elev",
    "rekruttering.Besked.sendt_af": "is about the applicant",
    "rekruttering.Brev.sendt_af": "is about the applicant",
    "rekruttering.Opstartspunkt.gjort_af": "is about the elev",
    "rekruttering.Notat.forfatter": "is about the applicant",
    "rekruttering.Reference.bruger": "is about the applicant",
    "rekruttering.Sagsjournal.bruger": "is about the applicant",
    "rekruttering.Sagsmappe.bestilt_af": "copies of applicants' cases, gone after a day",
    "rekruttering.Sagsskridt.bruger": "is about the applicant",
    "rekruttering.Tilbagetraekning.bruger": "is about the applicant",
    "rekruttering.Sideudgave.skrevet_af": "who wrote a public text",
    "rekruttering.Udvalgsmedlem.bruger": "the work of somebody in a committee",
    "skoleophold.Fagvalg.vejleder": "is about the elev",
    "skoleophold.Indlaesning.bruger": "who read a file; what stands in it is saved or gone within two days",
    "skoleophold.Bilag.fil": "a second way to a row that is handed out by the first",
    "skoleophold.Udbetaling.afleveret_af": "who handed a file to payroll",
    "skoleophold.Udbetaling.lavet_af": "who made a payment",
    "skoleophold.Udlaeg.behandlet_af": "is about the elev",
    "skoleophold.Skoleperiode.indkaldelse": "is about a class",
    "skoleophold.Studietur.ledsager": "is about a trip",
    "skoleophold.Turfil.fil": "is about a trip",
    "skoleophold.Skoleophold.kalenderperiode": "the elev's own, named by the elev already",
}
# What opens something, or is only there for sorting and searching.
HEMMELIGT = {"password", "nonce", "session_key", "message_id", "noegle", "laant_af", "lager"}
# Names others who wished for the same; the elev has the same reason without them in `begrundelse`.
HEMMELIGT |= {"begrundelse_fuld"}


def export(person) -> dict:
    """Ready for JSON: the tables by their Danish names, the fields by theirs."""
    tables = {"udtrukket": now().isoformat(timespec="seconds")}
    for kilde in KILDER:
        model = apps.get_model(kilde.model)
        rows = model._default_manager.filter(kilde.kun, **{kilde.vej: person.pk}).order_by("pk")
        tables.setdefault(str(model._meta.verbose_name_plural), []).extend(_row(row) for row in rows)
    return tables


def _row(row) -> dict:
    fields = [f for f in row._meta.concrete_fields if f.name not in HEMMELIGT and not isinstance(f, GeneratedField)]
    return {str(field.verbose_name): _value(row, field) for field in fields}


def _value(row, field):
    value = getattr(row, field.name)
    if isinstance(field, DateRangeField):
        return {"fra": value.lower, "til og med": row.sidste_dag}
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    if value is None or isinstance(value, bool | int | date | datetime | dict | list):
        return value
    return str(value)
