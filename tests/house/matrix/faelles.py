"""What a row is, who the roles are, and the objects that rows of several apps point at."""

from collections.abc import Callable
from dataclasses import dataclass, field

from afdelinger.models import Rolle
from elevforloeb.models import Oenskerunde
from skoleophold.models import Skolehold
from tests.cast import Cast
from tests.oenske_steps import answered_round, wish
from tests.skole_steps import (
    class_at_school,
    first_period,
    stay_of,
)

ELEVANSVARLIG = frozenset({Rolle.ELEVANSVARLIG})
ELEV = frozenset({Rolle.ELEV})
ALLE = frozenset(Rolle)
STYRER = frozenset({Rolle.ELEVANSVARLIG, Rolle.ADMINISTRATOR})  # accounts and roles
STAB = frozenset({Rolle.ELEVANSVARLIG, Rolle.LEDER, Rolle.ELEVVEJLEDER})
REJSER = frozenset({Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER})  # may travel along on a study trip
NOTERER = frozenset({Rolle.ELEVVEJLEDER, Rolle.ELEV})
UDEN_LEDER = frozenset({Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER, Rolle.ELEV})
AABEN = "åben"  # also without log-in
LOGGED_IN = "logget ind"  # whoever is logged in, also without a role
ALLAUTH = "allauth"  # guards its own pages; that they ask for log-in is checked all the same
Kwargs = Callable[[Cast], dict]


@dataclass(frozen=True)
class Row:
    roles: frozenset | str
    kwargs: Kwargs = lambda cast: {}
    foreign: dict[str, Kwargs] = field(default_factory=dict)
    post_only: bool = False
    is_file: bool = False  # a PDF or a spreadsheet, no page


def afdeling(cast):
    return {"kode": cast.oekonomi.kode}


def anden_afdeling(cast):
    return {"kode": cast.personale.kode}


def bruger(cast):
    return {"pk": cast.vejleder.pk}


def elev(cast):
    return {"pk": cast.aase.pk}


def anden_elev(cast):
    return {"pk": cast.bo.pk}


def hold(cast):
    return {"pk": cast.aase.hold_id}


def at_school(cast):
    """A page may be asked for several times in one test."""
    return Skolehold.objects.filter(skoleperioder__nr=2).first() or class_at_school(cast)


def skolehold(cast):
    return {"pk": at_school(cast).pk}


def skoleperiode(cast):
    return {"pk": first_period(at_school(cast)).pk}


def skoleophold(cast):
    return at_school(cast) and {"pk": stay_of(cast.aase, 1).pk}


def runde(cast):
    """The round of the hold, with both departments' answers and both elever's wishes."""
    found = Oenskerunde.objects.first()
    if found is None:
        found = answered_round(cast)
        wish(found, cast.bo, cast.personale, inhabil=[(cast.oekonomi.pk, "Nær familie")])
    return hold(cast) | {"runde": found.pk}


# Who may not learn that Bo exists: he is in another department, and no friend of Åse's in this system.
BO_IS_HIDDEN = dict.fromkeys(["elev", "elevvejleder", "leder"], anden_elev)
OTHER_DEPARTMENT = ["elevvejleder", "leder"]
DELTAGERE = frozenset({Rolle.ELEV, Rolle.ELEVVEJLEDER, Rolle.ELEVANSVARLIG})
