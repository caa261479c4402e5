"""Who may see and write what in evaluations. A draft is its author's alone; what is said stays in the department."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from afdelinger.models import Afdeling, Rolle
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core.dates import today
from elevforloeb.core.models import Dokument
from elevforloeb.models import Elev, Ophold
from elevforloeb.permissions import can_view_elev, visible_elever

from .models import Deling, Dialognote, Evaluering, Oplaeringserklaering
from .models.skema import Part

S = Evaluering.Status
OPEN_TO_BOTH = (S.SAMTALE, S.LAAST, S.FORSEGLET)  # from here on each reads what the other wrote
UNFINISHED = (S.PLANLAGT, S.IGANG, S.SAMTALE)  # what can still be put off, handed over or lapse
WRITERS = (Part.ELEV, Part.ELEVVEJLEDER)  # who answers before the talk
E = Oplaeringserklaering.Status
UNSIGNED = (E.KLADDE, E.TIL_ELEV, E.SET)
SHOWN_TO_ELEV = (E.TIL_ELEV, E.SET, E.UNDERSKREVET, E.SENDT)


def visible_evalueringer(user) -> QuerySet[Evaluering]:
    """That there is one, whose, and how far it is: the elev, the department of the stay, the elevansvarlig.

    A later department sees a sealed one only while the elev shares it.
    """
    if is_elevansvarlig(user):
        return Evaluering.objects.all()
    own = Evaluering.objects.filter(elev__bruger=user) if user.har_rolle(Rolle.ELEV) else Evaluering.objects.none()
    afdelinger = user.afdelinger_som(Rolle.ELEVVEJLEDER, Rolle.LEDER)
    if not afdelinger:
        return own
    shared = Deling.objects.filter(evaluering=OuterRef("pk"), trukket=None, afdeling__in=_own_afdelinger(user))
    here = Evaluering.objects.filter(elev__in=visible_elever(user).values("pk"))
    there = here.filter(afdeling__in=afdelinger) | here.filter(Exists(shared), status=S.FORSEGLET)
    late = Evaluering.objects.filter(_left_over(user), afdeling__in=_own_afdelinger(user))
    return Evaluering.objects.filter(pk__in=own.values("pk").union(there.values("pk"), late.values("pk")))


def _left_over(user) -> Q:
    """What the department owes of a stay that is over, when the talk was put off: it has the same time after the new
    deadline as after a stay (rule adgang_efter_dage), though it may see the elev no more."""
    is_over = Q(ophold=None) | Q(ophold__periode__endswith__lte=today())
    since = today() - timedelta(days=user.regler.adgang_efter_dage)
    in_time = Q(udsat_til__gte=since) | Q(udsat_til=None, frist__gte=since)
    return is_over & in_time & Q(status__in=(*UNFINISHED, S.LAAST))


def can_view_evaluering(user, evaluering) -> bool:
    if is_elevansvarlig(user) or (evaluering.elev.bruger_id == user.pk and user.har_rolle(Rolle.ELEV)):
        return True
    here = evaluering.afdeling_id in user.afdelinger_som(Rolle.ELEVVEJLEDER, Rolle.LEDER)
    if (here or _is_shared_with(user, evaluering)) and can_view_elev(user, evaluering.elev):
        return True
    own = evaluering.afdeling_id in _own_afdelinger(user)
    return own and Evaluering.objects.filter(_left_over(user), pk=evaluering.pk).exists()


def part_of(user, evaluering) -> Part | None:
    """As which party the user writes and signs. An elevvejleder of the department may stand in for the one named."""
    if user.har_rolle(Rolle.ELEV) and evaluering.elev.bruger_id == user.pk:
        return Part.ELEV
    if evaluering.afdeling_id in _own_afdelinger(user):
        return Part.ELEVVEJLEDER
    return Part.ELEVANSVARLIG if is_elevansvarlig(user) else None


def parts_of(user, evaluering) -> list[Part]:
    """As which parties the user signs, one after the other. Two for who is both: nobody else may be there to sign."""
    part = part_of(user, evaluering)
    mine = [part, Part.ELEVANSVARLIG] if part == Part.ELEVVEJLEDER and is_elevansvarlig(user) else [part]
    return [each for each in mine if each in evaluering.parter]


def can_read_answers(user, evaluering) -> bool:
    """The texts of both: the parties once the talk is open, the elevansvarlig too. A leder sees the state only."""
    if evaluering.status not in OPEN_TO_BOTH:
        return False
    return part_of(user, evaluering) is not None or _is_shared_with(user, evaluering)


def readable_sealed(user) -> QuerySet[Evaluering]:
    """can_read_answers, for a list of sealed ones."""
    rows = visible_evalueringer(user).filter(status=S.FORSEGLET)
    if is_elevansvarlig(user):
        return rows
    own = _own_afdelinger(user)
    shared = Deling.objects.filter(evaluering=OuterRef("pk"), trukket=None, afdeling__in=own)
    mine = Q(elev__bruger=user) if user.har_rolle(Rolle.ELEV) else Q(pk=None)
    return rows.filter(mine | Q(afdeling__in=own) | Exists(shared))


def can_read_besvarelse(user, besvarelse) -> bool:
    """One's own always. The other's when it is shared and the talk is open; what is not shared stays its author's."""
    if besvarelse.forfatter_id == user.pk:
        return True
    is_open = besvarelse.delt is not None or besvarelse.part == Part.FAELLES
    return is_open and can_read_answers(user, besvarelse.evaluering)


def can_write_draft(user, evaluering) -> bool:
    """Begin, and one's own answers until they are shared. The elevansvarlig writes at the talk only."""
    return evaluering.status in (S.PLANLAGT, S.IGANG) and _has_open_draft(user, evaluering)


def can_open_talk(user, evaluering) -> bool:
    return evaluering.status == S.IGANG and part_of(user, evaluering) in evaluering.parter


def _has_open_draft(user, evaluering) -> bool:
    """A colleague's draft is no draft of one's own: it must be handed over first."""
    part = part_of(user, evaluering)
    draft = evaluering.besvarelser.filter(part=part).first() if part in WRITERS else None
    return part in WRITERS and (draft is None or (draft.forfatter_id == user.pk and draft.delt is None))


def can_write_joint(user, evaluering) -> bool:
    """What is agreed at the talk: until the first of them has acknowledged it."""
    return evaluering.status == S.SAMTALE and part_of(user, evaluering) in evaluering.parter


def can_sign(user, evaluering) -> bool:
    parts = parts_of(user, evaluering)
    if evaluering.status not in (S.SAMTALE, S.LAAST) or not parts:
        return False
    return evaluering.underskrifter.filter(part__in=parts).count() < len(parts)


def can_steer(user, evaluering) -> bool:
    """Let it lapse, write down a refusal or an absence, correct a sealed one."""
    return is_elevansvarlig(user)


def can_put_off(user, evaluering) -> bool:
    allowed = is_elevansvarlig(user) or part_of(user, evaluering) == Part.ELEVVEJLEDER
    return allowed and evaluering.status in UNFINISHED


def can_set_moede(user, evaluering) -> bool:
    """Either party may write down when they meet."""
    return part_of(user, evaluering) is not None and evaluering.status in UNFINISHED


def can_hand_over(user, evaluering, til) -> bool:
    """To an elevvejleder of the department: by the elevansvarlig, or by the substitute who takes it."""
    allowed = is_elevansvarlig(user) or user == til
    return allowed and til.is_active and part_of(til, evaluering) == Part.ELEVVEJLEDER


def _own_afdelinger(user) -> list[int]:
    return user.afdelinger_som(Rolle.ELEVVEJLEDER)


def _is_shared_with(user, evaluering) -> bool:
    open_to = evaluering.delinger.filter(trukket=None, afdeling__in=_own_afdelinger(user))
    return evaluering.status == S.FORSEGLET and open_to.exists() and can_view_elev(user, evaluering.elev)


# --- declarations, notes and what is carried on -------------------------------------------------------------------


def _has_now(user) -> QuerySet[Elev]:
    """Who is in a department today of which the user is elevvejleder."""
    here = Ophold.objects.on(today()).filter(afdeling__in=_own_afdelinger(user))
    return Elev.objects.filter(pk__in=here.values("elev"))


def has_now(user, elev) -> bool:
    return _has_now(user).filter(pk=elev.pk).exists()


def visible_erklaeringer(user) -> QuerySet[Oplaeringserklaering]:
    """The elevansvarlig; the elev from the day it is sent to her; until it is signed also who has her now."""
    if is_elevansvarlig(user):
        return Oplaeringserklaering.objects.all()
    own = Oplaeringserklaering.objects.none()
    if user.har_rolle(Rolle.ELEV):
        own = Oplaeringserklaering.objects.filter(elev__bruger=user, status__in=SHOWN_TO_ELEV)
    if not _own_afdelinger(user):
        return own
    drafts = Oplaeringserklaering.objects.filter(elev__in=_has_now(user).values("pk"), status__in=UNSIGNED)
    return Oplaeringserklaering.objects.filter(pk__in=own.values("pk").union(drafts.values("pk")))


def visible_dokumenter(user) -> QuerySet[Dokument]:
    """A sealed document is for those who may read what was sealed."""
    evalueringer = readable_sealed(user).values("dokument")
    erklaeringer = visible_erklaeringer(user).exclude(dokument=None).values("dokument")
    return Dokument.objects.filter(Q(pk__in=evalueringer) | Q(pk__in=erklaeringer))


def can_view_erklaering(user, erklaering) -> bool:
    return visible_erklaeringer(user).filter(pk=erklaering.pk).exists()


def can_edit_erklaering(user, erklaering) -> bool:
    """The elevansvarlig and the elevvejleder who has the elev now, until it is sent to her."""
    if erklaering.status != E.KLADDE:
        return False
    return is_elevansvarlig(user) or has_now(user, erklaering.elev)


def can_acknowledge_erklaering(user, erklaering) -> bool:
    own = user.har_rolle(Rolle.ELEV) and erklaering.elev.bruger_id == user.pk
    return own and erklaering.status == E.TIL_ELEV


def can_take_back_erklaering(user, erklaering) -> bool:
    if is_elevansvarlig(user):
        return erklaering.status in (E.TIL_ELEV, E.SET, E.BORTFALDET)
    return erklaering.status in (E.TIL_ELEV, E.SET) and has_now(user, erklaering.elev)


def can_sign_erklaering(user, erklaering) -> bool:
    return is_elevansvarlig(user) and erklaering.status in (E.TIL_ELEV, E.SET)


def visible_dialognoter(user) -> QuerySet[Dialognote]:
    """The elev, and the elevvejledere of the department she is in with the note, as long as they see her at all."""
    notes = Dialognote.objects.all()
    own = notes.filter(elev__bruger=user) if user.har_rolle(Rolle.ELEV) else notes.none()
    if not (afdelinger := _own_afdelinger(user)):
        return own
    here = notes.filter(afdeling__in=afdelinger, elev__in=visible_elever(user).values("pk"))
    return notes.filter(pk__in=own.values("pk").union(here.values("pk")))


def can_view_dialognote(user, note) -> bool:
    return visible_dialognoter(user).filter(pk=note.pk).exists()


def can_withdraw(user, note) -> bool:
    """One's own, the same day: then nobody has built on it yet."""
    return is_own_of_today(user, note) and can_view_dialognote(user, note)


def is_own_of_today(user, note) -> bool:
    return note.forfatter_id == user.pk and localtime(note.tid).date() == today()


def stay_for_notes(user, elev) -> Ophold | None:
    """The stay that the user may write a note on today: the elev her own, an elevvejleder one in her department."""
    stay = elev.ophold.on(today()).select_related("afdeling").first()
    return stay if stay and can_note_on(user, elev, stay) else None


def can_note_on(user, elev, stay) -> bool:
    own = elev.bruger_id == user.pk and user.har_rolle(Rolle.ELEV)
    return today() in stay.span and (own or stay.afdeling_id in _own_afdelinger(user))


def can_read_carried_on(user, elev, ophold) -> bool:
    """What one stay hands to the next: the elev, the elevansvarlig, and the elevvejledere who receive her."""
    if is_elevansvarlig(user) or (elev.bruger_id == user.pk and user.har_rolle(Rolle.ELEV)):
        return True
    return ophold is not None and ophold.afdeling_id in _own_afdelinger(user)


def can_view_billede(user, afdeling) -> bool:
    """What elever say of a department: its own leder and elevvejledere, and the elevansvarlig."""
    return is_elevansvarlig(user) or afdeling.pk in user.afdelinger_som(Rolle.LEDER, Rolle.ELEVVEJLEDER)


def afdelinger_with_billede(user) -> QuerySet[Afdeling]:
    if is_elevansvarlig(user):
        return Afdeling.objects.all()
    return Afdeling.objects.filter(pk__in=user.afdelinger_som(Rolle.LEDER, Rolle.ELEVVEJLEDER))


def can_read_free_text(user) -> bool:
    """Of a department as elever see it: words can be recognised, so they are the elevansvarlig's."""
    return is_elevansvarlig(user)
