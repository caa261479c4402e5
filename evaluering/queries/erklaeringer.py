"""The list of declarations, the page of one, and what is missing before an elev goes to school."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from elevforloeb.core.dates import relative_days, short_date, today
from elevforloeb.core.rules import Rules, rules
from elevforloeb.models import Elev
from evaluering import permissions
from evaluering.erklaeringstekst import Grundlag
from evaluering.models import Oplaeringserklaering

from .grundlag import get_grundlag

S = Oplaeringserklaering.Status
UNSENT = (*permissions.UNSIGNED, S.UNDERSKREVET)
SHOWN = {
    "": "Ikke sendt endnu",
    "elev": "Venter på eleven",
    "underskrift": "Mangler underskrift",
    "sendes": "Skal sendes til skolen",
    "sendt": "Sendt til skolen",
    "bortfaldet": "Bortfaldet",
    "alle": "Alle",
}
STATES = {
    "": UNSENT,
    "elev": (S.TIL_ELEV,),
    "underskrift": (S.SET,),
    "sendes": (S.UNDERSKREVET,),
    "sendt": (S.SENDT,),
    "bortfaldet": (S.BORTFALDET,),
    "alle": tuple(S),
}
COLOURS = {S.KLADDE: "", S.TIL_ELEV: "vent", S.SET: "vent", S.UNDERSKREVET: "info", S.SENDT: "ok", S.BORTFALDET: ""}


@dataclass(frozen=True)
class Linje:
    erklaering: Oplaeringserklaering
    dag: date

    @property
    def farve(self) -> str:
        return COLOURS[self.erklaering.status]

    @property
    def er_forsinket(self) -> bool:
        return self.erklaering.status in UNSENT and self.erklaering.frist < self.dag

    @property
    def titel(self) -> str:
        row = self.erklaering
        return "Afsluttende" if row.afsluttende else f"Før {row.skole}" if row.skole else "Før skoleperioden"


def find_erklaeringer(user, *, vis: str = "", hold=None, q: str = "") -> QuerySet[Oplaeringserklaering]:
    rows = permissions.visible_erklaeringer(user).select_related("elev__bruger", "elev__hold", "skole")
    rows = rows.filter(status__in=STATES.get(vis, UNSENT))
    if hold:
        rows = rows.filter(elev__hold=hold)
    if q:
        rows = rows.filter(elev__bruger__soegenoegle__finder=q)
    return rows


def lines(rows) -> list[Linje]:
    day = today()
    return [Linje(row, day) for row in rows]


@dataclass(frozen=True)
class Erklaeringsside:
    erklaering: Oplaeringserklaering
    grundlag: Grundlag | None  # only for whoever writes it
    linje: Linje
    rules: Rules
    kan_rette: bool
    kan_se: bool  # the elev is asked to say that she has seen it
    kan_tage_tilbage: bool
    kan_underskrive: bool
    styrer: bool

    @property
    def elev(self) -> Elev:
        return self.erklaering.elev

    @property
    def kan_sendes(self) -> bool:
        return self.styrer and self.erklaering.status == S.UNDERSKREVET

    @property
    def kan_bortfalde(self) -> bool:
        return self.styrer and self.erklaering.status in permissions.UNSIGNED

    @property
    def trin(self) -> list[tuple[str, bool, str]]:
        """The way so far: (words, done, when)"""
        row = self.erklaering
        reached = {S.KLADDE: 0, S.TIL_ELEV: 1, S.SET: 2, S.UNDERSKREVET: 3, S.SENDT: 4, S.BORTFALDET: 0}[row.status]
        seen = short_date(row.elev_set.date()) if row.elev_set else ""
        skipped = reached >= 3 and not row.elev_set
        return [
            ("Skrevet og sendt til eleven", reached >= 1, ""),
            ("Set af eleven", reached >= 2 and not skipped, "Ikke set: se hvorfor i erklæringen" if skipped else seen),
            ("Underskrevet", reached >= 3, short_date(row.underskrevet.date()) if row.underskrevet else ""),
            ("Sendt eller afleveret", reached >= 4, short_date(row.sendt) if row.sendt else ""),
        ]


def get_erklaeringsside(user, row: Oplaeringserklaering) -> Erklaeringsside:
    can_edit = permissions.can_edit_erklaering(user, row)
    return Erklaeringsside(
        erklaering=row,
        grundlag=get_grundlag(row.elev, row.span) if can_edit else None,
        linje=Linje(row, today()),
        rules=rules(),
        kan_rette=can_edit,
        kan_se=permissions.can_acknowledge_erklaering(user, row),
        kan_tage_tilbage=permissions.can_take_back_erklaering(user, row),
        kan_underskrive=permissions.can_sign_erklaering(user, row),
        styrer=permissions.is_elevansvarlig(user),
    )


def missing_line(elev: Elev, visible: QuerySet[Oplaeringserklaering], now: Rules) -> str:
    """“Skolen begynder om 12 dage, og oplæringserklæringen mangler.” Nothing when there is time enough."""
    row = visible.filter(Q(skole__isnull=False) | Q(afsluttende=True), elev=elev, status__in=UNSENT)
    found = row.values_list("status", "skole__periode__startswith").first()
    if found is None:
        return ""
    status, school = found
    begins = school or elev.slutdato
    if (begins - now.day).days > now.erklaering_varsel_dage:
        return ""
    words = ("Skolen begynder", "Skolen begyndte") if school else ("Uddannelsen slutter", "Uddannelsen sluttede")
    what = words[begins < now.day]
    lacks = "skal sendes til skolen" if status == S.UNDERSKREVET else "mangler"
    return f"{what} {relative_days(begins, now.day)}, og oplæringserklæringen {lacks}."
