"""What a form says, and which version of it is in force."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from elevforloeb.core.dates import today
from evaluering import skemafiler
from evaluering.models import Afsnit, Art, Evalueringsskema, Skala, Spoergsmaal
from evaluering.skemafiler import Indhold
from evaluering.skemaforskel import differences

UDGIVET = Evalueringsskema.Status.UDGIVET


def in_force(art: str, day: date | None = None) -> Evalueringsskema | None:
    """The version that is used for a talk that begins on the day: the latest one that had come into force."""
    published = Evalueringsskema.objects.filter(art=art, status=UDGIVET, gaelder_fra__lte=day or today())
    return published.order_by("-gaelder_fra", "-version").first()


def newest(art: str) -> Evalueringsskema | None:
    """The last version that is published, in force already or not."""
    return Evalueringsskema.objects.filter(art=art, status=UDGIVET).order_by("-version").first()


@dataclass(frozen=True)
class Skemalinje:
    """One kind of talk with its versions, newest first."""

    art: str
    navn: str
    nu: Evalueringsskema | None
    kladde: Evalueringsskema | None
    kommende: list[Evalueringsskema]
    tidligere: list[Evalueringsskema]


def skema_lines() -> list[Skemalinje]:
    """Every kind of talk, in one statement."""
    found: dict[str, list[Evalueringsskema]] = {}
    for skema in Evalueringsskema.objects.select_related("oprettet_af").order_by("-version"):
        found.setdefault(skema.art, []).append(skema)
    return [_line(art, found.get(art, [])) for art in Art]


def _line(art: Art, versions: list[Evalueringsskema]) -> Skemalinje:
    published = [each for each in versions if each.status == UDGIVET]
    begun = [each for each in published if each.gaelder_fra <= today()]
    now = max(begun, key=lambda each: (each.gaelder_fra, each.version), default=None)
    draft = next((each for each in versions if each.status != UDGIVET), None)
    coming = [each for each in published if each.gaelder_fra > today()]
    return Skemalinje(art, art.label, now, draft, coming, [each for each in begun if each != now])


def predecessor(skema: Evalueringsskema) -> Evalueringsskema | None:
    """The published version that it follows, with everything in it."""
    before = whole_forms().filter(art=skema.art, status=UDGIVET, version__lt=skema.version)
    return before.order_by("-version").first()


def changes_of(skema: Evalueringsskema) -> list[str] | None:
    """In sentences, against the version before; None when there is none. Takes a form of `whole_forms`."""
    before = predecessor(skema)
    return differences(content_of(before), content_of(skema)) if before else None


def problems(indhold: Indhold) -> list[str]:
    """Why it cannot be published."""
    if not indhold.afsnit:
        return ["Skemaet har ingen spørgsmål. Skriv et afsnit og et spørgsmål."]
    empty = [each.titel for each in indhold.afsnit if not each.spoergsmaal]
    return [f"Afsnittet “{titel}” har ingen spørgsmål. Skriv et, eller fjern afsnittet." for titel in empty]


def whole_forms() -> QuerySet[Evalueringsskema]:
    """Forms with everything in them, in four statements however many they are."""
    questions = Spoergsmaal.objects.select_related("skala")
    sections = Afsnit.objects.prefetch_related(Prefetch("spoergsmaal", questions))
    scales = Skala.objects.prefetch_related("trin")
    return Evalueringsskema.objects.prefetch_related(Prefetch("afsnit", sections), Prefetch("skalaer", scales))


def content_of(skema: Evalueringsskema) -> Indhold:
    """All its words, to be copied or compared. Takes a form of `whole_forms`, or asks for its parts."""
    return Indhold(
        navn=skema.navn,
        indledning=skema.indledning,
        med_elevansvarlig=skema.med_elevansvarlig,
        afsnit=tuple(_section(each) for each in skema.afsnit.all()),
        skalaer=tuple(_scale(each) for each in skema.skalaer.all()),
    )


def _section(afsnit: Afsnit) -> skemafiler.Afsnit:
    questions = tuple(_question(each) for each in afsnit.spoergsmaal.all())
    return skemafiler.Afsnit(titel=afsnit.titel, vejledning=afsnit.vejledning, spoergsmaal=questions)


def _question(each: Spoergsmaal) -> skemafiler.Spoergsmaal:
    words = {name: getattr(each, name) for name in ("tekst", "hjaelp", "hvem", "kraevet", "gentages", "bruges_til")}
    return skemafiler.Spoergsmaal(**words, skala=each.skala.kode if each.skala else "")


def _scale(skala: Skala) -> skemafiler.Skala:
    steps = tuple(
        skemafiler.Trin(navn=each.navn, forklaring=each.forklaring, er_niveau=each.er_niveau)
        for each in skala.trin.all()
    )
    words = {"kode": skala.kode, "navn": skala.navn, "kommentar_ved_enderne": skala.kommentar_ved_enderne}
    return skemafiler.Skala(**words, trin=steps)
