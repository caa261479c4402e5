"""One evaluation as the person who opens it may see it: how far it is, who is missing, and what this person can do."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst

from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.models import Haendelse
from elevforloeb.core.words import join_words
from evaluering import permissions
from evaluering.models import Besvarelse, Evaluering, Underskrift
from evaluering.models.skema import Art, Part
from evaluering.permissions import UNFINISHED, WRITERS

from .trinstribe import Trinpunkt, strip, when
from .viderefoert import Viderefoert, carried_to
from .vikarer import can_answer

S = Evaluering.Status
# What every page shows. Each join more takes PostgreSQL longer to plan: what few pages need is read there.
RELATED = ("elev__bruger", "elev__hold", "afdeling", "elevvejleder", "ophold", "skema")


@dataclass(frozen=True)
class Side:
    evaluering: Evaluering
    user: object
    part: Part | None
    besvarelser: list[Besvarelse]
    underskrifter: list[Underskrift]

    @property
    def parter(self) -> list[tuple[Part, str]]:
        """Who holds the talk, with names; of the elevansvarlige any one may."""
        return [(part, self.navn(part)) for part in self.evaluering.parter]

    def navn(self, part: str) -> str:
        """Whoever has written, otherwise whom the plan names."""
        row = self.besvarelse(part)
        if part == Part.ELEV:
            return self.evaluering.elev.bruger.navn
        if row and row.forfatter:
            return row.forfatter.navn
        named = self.evaluering.elevvejleder
        return named.navn if part == Part.ELEVVEJLEDER and named else Part(part).label

    @cached_property
    def overskrifter(self) -> list[tuple[str, str, Besvarelse | None]]:
        """Of the two columns: name, who it is, and whether the answers are shared."""
        return [(self.navn(part), self._who(part), self.besvarelse(part)) for part in WRITERS]

    def _who(self, part: Part) -> str:
        return "dig" if part == self.part else {"elev": "elev", "elevvejleder": "elevvejleder"}[part]

    def besvarelse(self, part: str) -> Besvarelse | None:
        return next((row for row in self.besvarelser if row.part == part), None)

    @property
    def egen(self) -> Besvarelse | None:
        return self.besvarelse(self.part) if self.part else None

    @property
    def anden(self) -> Part:
        return Part.ELEVVEJLEDER if self.part == Part.ELEV else Part.ELEV

    @property
    def anden_navn(self) -> str:
        return self.navn(self.anden)

    @property
    def anden_har_delt(self) -> Besvarelse | None:
        row = self.besvarelse(self.anden)
        return row if row and row.delt else None

    @property
    def vikar(self) -> str:
        """Who answers for the department, when it is not the one whom the plan names."""
        row = self.besvarelse(Part.ELEVVEJLEDER)
        return row.forfatter.navn if row and row.forfatter_id != self.evaluering.elevvejleder_id else ""

    @cached_property
    def uden_vejleder(self) -> str:
        """Why nobody can answer for the department: the one who should has left it, or none was chosen."""
        row = self.besvarelse(Part.ELEVVEJLEDER)
        person = row.forfatter if row else self.evaluering.elevvejleder
        if self.evaluering.status not in (S.PLANLAGT, S.IGANG) or self.part == Part.ELEVVEJLEDER or (row and row.delt):
            return ""
        if person is None:
            return "Der er ikke valgt en elevvejleder."
        if can_answer(person, self.evaluering):
            return ""
        return f"{person.navn} er ikke længere elevvejleder i {self.evaluering.afdeling.kortnavn}."

    @property
    def andens_kladde(self) -> bool:
        """A colleague of the department has begun to answer: her draft is hers alone."""
        return self.egen is not None and self.egen.forfatter_id != self.user.pk

    @cached_property
    def visning(self) -> str:
        """The template, which says what this person meets."""
        status = self.evaluering.status
        if status == S.PLANLAGT:
            return "optaget" if self.andens_kladde else "planlagt"
        if status == S.IGANG and self.part in WRITERS:
            if self.egen and self.egen.delt:
                return "venter"
            return "optaget" if self.andens_kladde else "kladde"
        if permissions.can_read_answers(self.user, self.evaluering):
            return "samtale" if permissions.can_write_joint(self.user, self.evaluering) else "laest"
        return "status"

    @cached_property
    def mangler(self) -> list[Part]:
        """Who has not acknowledged yet."""
        done = {each.part for each in self.underskrifter}
        return [part for part in self.evaluering.parter if part not in done]

    @property
    def trin(self) -> list[Trinpunkt]:
        return strip(self)

    @property
    def er_forsinket(self) -> bool:
        unfinished = self.evaluering.status in (*UNFINISHED, S.LAAST)
        return unfinished and self.evaluering.gaeldende_frist < today()

    @property
    def underskrivere(self) -> list[tuple[str, Part, Underskrift | None]]:
        given = {each.part: each for each in self.underskrifter}
        return [(self.navn(part), part, given.get(part)) for part in self.evaluering.parter]

    @property
    def kvitterede_ikke(self) -> str:
        """By name, who refused or could not be there: it is sealed without them."""
        names = [each.navn for each in self.underskrifter if each.art != Underskrift.Art.SET]
        return join_words(names) if names else ""

    @cached_property
    def kan_kvittere(self) -> bool:
        return self.kvitterer_som is not None

    @cached_property
    def egne_parter(self) -> list[Part]:
        return permissions.parts_of(self.user, self.evaluering)

    @property
    def kvitterer_som(self) -> Part | None:
        """As which party the next signature is: the elevvejleder's before the elevansvarlig's, for who is both."""
        if self.evaluering.status not in (S.SAMTALE, S.LAAST):
            return None
        return next((part for part in self.egne_parter if part in self.mangler), None)

    @cached_property
    def kan_begynde(self) -> bool:
        return self.visning == "planlagt" and permissions.can_write_draft(self.user, self.evaluering)

    @property
    def kan_aabne(self) -> bool:
        return permissions.can_open_talk(self.user, self.evaluering)

    @property
    def kan_saette_moede(self) -> bool:
        return permissions.can_set_moede(self.user, self.evaluering)

    @property
    def kan_udsaette(self) -> bool:
        return permissions.can_put_off(self.user, self.evaluering)

    @property
    def styrer(self) -> bool:
        return permissions.can_steer(self.user, self.evaluering)

    @property
    def kan_bortfalde(self) -> bool:
        return self.styrer and self.evaluering.status in UNFINISHED

    @property
    def kan_holdes_paa_papir(self) -> bool:
        return self.styrer and self.evaluering.status in (S.PLANLAGT, S.IGANG)

    @property
    def kan_overdrages(self) -> bool:
        """To a substitute, as long as the department has shared nothing."""
        row = self.besvarelse(Part.ELEVVEJLEDER)
        return self.styrer and self.evaluering.status in UNFINISHED and not (row and row.delt)

    @cached_property
    def ser_elev(self) -> bool:
        """Whether the way up leads to the elev's page: late with a stay that is over, one may not see her any more."""
        stay = self.evaluering.ophold
        is_here = stay is not None and stay.startdato <= today() < stay.slutdato
        return is_here or permissions.can_view_elev(self.user, self.evaluering.elev)

    @property
    def kan_kvittere_for(self) -> bool:
        return self.styrer and self.evaluering.status in (S.SAMTALE, S.LAAST) and bool(self.mangler)

    @property
    def kan_rettes(self) -> bool:
        return self.styrer and self.evaluering.status == S.FORSEGLET and self.rettelse is None

    @cached_property
    def rettelse(self) -> Evaluering | None:
        """The edition that replaces this one."""
        return getattr(self.evaluering, "rettet_af", None) if self.evaluering.status == S.FORSEGLET else None

    @property
    def moede(self) -> str:
        return when(self.evaluering.moede) if self.evaluering.moede else ""

    @cached_property
    def viderefoert(self) -> Viderefoert | None:
        """What the stay before hands over opens the forventningssamtale."""
        row = self.evaluering
        if row.art != Art.FORVENTNING or row.ophold is None:
            return None
        row.ophold.elev = row.elev
        return carried_to(self.user, row.ophold)

    @property
    def er_eleven(self) -> bool:
        return self.part == Part.ELEV

    @cached_property
    def historik(self) -> list[Haendelse]:
        """For the parties. A later department that it is shared with reads the text, not how it came about."""
        acts = list(audit.history(self.evaluering)) if self.part else []
        for act in acts:  # the log of the whole house names the evaluation in each line; here it is the page's own
            act.tekst = capfirst(act.tekst.removeprefix(str(self.evaluering)).lstrip(": "))
        return acts


def get_side(user, evaluering: Evaluering) -> Side:
    drafts = evaluering.besvarelser.exclude(part=Part.AFLOEST).select_related("forfatter").order_by("pk")
    signatures = evaluering.underskrifter.select_related("bruger")
    return Side(
        evaluering=evaluering,
        user=user,
        part=permissions.part_of(user, evaluering),
        besvarelser=list(drafts),
        underskrifter=list(signatures) if evaluering.status in (S.LAAST, S.FORSEGLET) else [],
    )
