"""What the elevansvarlig's pages about rounds read."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Count, Q, QuerySet

from afdelinger.models import Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import full_date, today
from elevforloeb.core.rules import rules
from elevforloeb.core.words import count_noun
from rekruttering.models import Ansoegning, Runde, Udvalgsmedlem
from rekruttering.permissions import editable_runder

from .pligter import without_a_hand
from .rundetal import totals_of

SENT = ~Q(ansoegninger__tilstand=Ansoegning.Tilstand.KLADDE)
IN_COMMITTEE = (Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER, Rolle.LEDER)


def get_rundeliste(user) -> list[Runde]:
    rows = editable_runder(user).annotate(sendt=Count("ansoegninger", filter=SENT))
    return list(rows.order_by("-startdato", "-pk"))  # a statement that counts forgets the order of the table


@dataclass(frozen=True)
class Rundeside:
    runde: Runde
    medlemmer: list[Udvalgsmedlem]
    sendt: int | None  # None: not shown
    kladder: int | None
    uden_svar: int
    uden_haand: int = 0  # whom no elevansvarlig of the committee may handle

    @property
    def tilstand(self) -> tuple[str, str]:
        """The words of the label, and its colour."""
        runde = self.runde
        if not runde.er_offentlig:
            return runde.get_tilstand_display(), "" if runde.er_afsluttet else "vent"
        if runde.fristen_er_gaaet:
            return "Fristen er gået", "info"
        return ("Åben for ansøgninger", "ok") if runde.er_begyndt else ("Kan læses, ikke søges endnu", "info")

    @property
    def kan_tages_ned(self) -> bool:
        return self.runde.er_offentlig and not self.sendt and not self.kladder

    @property
    def kan_afsluttes(self) -> bool:
        return self.runde.er_offentlig and self.runde.fristen_er_gaaet and not self.uden_svar

    @property
    def hvad_nu(self) -> list[str]:
        """What happens now, by itself and by whom."""
        runde = self.runde
        if runde.er_kladde:
            return self._before()
        if runde.er_afsluttet:
            goes = "blev" if runde.er_slettet else "bliver"
            return [
                f"Runden blev afsluttet {full_date(runde.afsluttet)}.",
                f"Ansøgningerne {goes} slettet {full_date(runde.slettes)}. Tallene bliver stående.",
            ]
        if not runde.er_begyndt:
            return [
                "Alle kan læse opslaget nu.",
                f"Der åbnes for ansøgninger af sig selv {full_date(runde.aabningsdag)}.",
                "Fristen kan gøres længere, men ikke kortere: nogen regner med den.",
            ]
        return [*self._stuck(), *(self._after() if runde.fristen_er_gaaet else self._open())]

    def _stuck(self) -> list[str]:
        if not (self.medlemmer and self.uden_haand):
            return []
        people = count_noun(self.uden_haand, "ansøger", "ansøgere")
        return [f"Ingen elevansvarlig i udvalget kan behandle {people}. Sæt en anden elevansvarlig i udvalget."]

    def _before(self) -> list[str]:
        steps = ["Kun de elevansvarlige kan se kladden."]
        if not self.runde.tekst:
            steps.append("Skriv opslagets tekst.")
        if not self.medlemmer:
            steps.append("Vælg ansættelsesudvalget. Ellers kan ingen læse ansøgningerne.")
        return [*steps, "Se, hvordan opslaget bliver, og offentliggør det."]

    def _open(self) -> list[str]:
        steps = [
            f"Ansøgningerne kommer ind af sig selv, til fristen {full_date(self.runde.fristdag)}. Hver ansøger får en "
            "kvittering.",
            "Medlemmerne af udvalget kan læse dem, når de har sagt, om de er inhabile i forhold til nogen.",
        ]
        return steps if self.medlemmer else ["Vælg ansættelsesudvalget nu. Ingen kan læse ansøgningerne.", *steps]

    def _after(self) -> list[str]:
        if self.uden_svar:
            people = count_noun(self.uden_svar, "ansøger", "ansøgere")
            return [f"{people} venter på svar.", "Når alle har fået svar, kan runden afsluttes."]
        return ["Alle har fået svar.", "Afslut runden. Så begynder tiden, til ansøgningerne bliver slettet."]


def get_rundeside(runde: Runde) -> Rundeside:
    """Exact as long as the process needs it. Of a closed round nothing is told that the figures hide."""
    members = list(runde.medlemmer.filter(udtraadt=None).select_related("bruger"))
    if runde.er_afsluttet:
        return Rundeside(runde, members, *totals_of(runde), uden_svar=0)
    counts = dict(runde.ansoegninger.order_by().values_list("tilstand").annotate(Count("pk")))
    drafts = counts.pop(Ansoegning.Tilstand.KLADDE, 0)
    waiting = sum(count for state, count in counts.items() if state not in Ansoegning.AFGJORT)
    stuck = without_a_hand(runde).count() if waiting else 0
    return Rundeside(runde, members, sum(counts.values()), drafts, waiting, stuck)


def committee_candidates() -> QuerySet[Bruger]:
    """Those who work with elever today."""
    roles = Rolletildeling.objects.on(today()).filter(rolle__in=IN_COMMITTEE).values("bruger")
    return Bruger.objects.filter(pk__in=roles, is_active=True, slettet=None).order_by("sortering")


def new_runde() -> dict:
    """What a new round begins with: the words of the last one, and dates as far from now as last time they were."""
    last, day = Runde.objects.first(), today()
    start = date(day.year + (day > date(day.year, 5, 1)), 9, 1)
    opens = day + timedelta(days=14)
    ends = opens + timedelta(days=28)
    return {
        "titel": f"Kontorelever {start.year}",
        "tekst": last.tekst if last else "",
        "pladser": last.pladser if last else 4,
        "samtaler": last.samtaler if last else "",
        "startdato": start,
        "aabner": opens,
        "aabner_kl": time(8),
        "frist": ends,
        "frist_kl": time(12),
        "svar_senest": ends + timedelta(days=35),
        "slettes_efter_maaneder": rules().slet_ansoegninger_maaneder,
    }
