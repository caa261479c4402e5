"""The letters about a round of wishes. None says what anybody wishes or has offered."""

from datetime import datetime

from django.urls import reverse

from afdelinger.models import Rolle
from elevforloeb.core.dates import full_date, today
from elevforloeb.core.letters import Letter, mail
from elevforloeb.core.templatetags.ui import tidspunkt
from elevforloeb.core.words import count_noun
from elevforloeb.models import Oenskerunde, Udbudssvar
from elevforloeb.queries.oensker.runde import elever_of, without_wishes

IF_NOT = "Hvis du ikke sender ønsker ind, går vi ud fra, at det er lige meget for dig, hvor du kommer hen."


@mail("udbud_aabent", "Hvor mange pladser har I?")
def udbud_aabent(modtager, data) -> Letter | None:
    svar = _unanswered(modtager, data)
    if svar is None:
        return None
    return Letter(
        "Hvor mange elever kan I tage?",
        f"{svar.runde.hold} skal snart have fordelt pladser. Vi vil gerne vide, hvor mange elever I kan have i "
        f"{svar.afdeling}, hvornår, og hvad de kan lære hos jer.\n\n"
        f"Svar senest {full_date(svar.runde.udbudsfrist)}. Har I ingen pladser i år, så svar det: det er også et svar.",
        reverse("udbud", args=[svar.pk]),
        "Svar om pladser",
    )


@mail("udbud_paamindelse", "Påmindelse om pladser")
def udbud_paamindelse(modtager, data) -> Letter | None:
    svar = _unanswered(modtager, data)
    if svar is None:
        return None
    text = (
        f"Vi mangler svar fra {svar.afdeling} om pladser til {svar.runde.hold}. "
        f"Fristen er {_deadline(svar.runde.udbudsfrist)}."
    )
    return Letter("Husk at svare om pladser til elever", text, reverse("udbud", args=[svar.pk]), "Svar om pladser")


def _unanswered(modtager, data) -> Udbudssvar | None:
    """No longer wanted when somebody has answered, the time is over, or the person has left the department."""
    svar = Udbudssvar.objects.select_related("afdeling", "runde__hold").filter(pk=data["svar"]).first()
    if svar is None or svar.svar != Udbudssvar.Svar.VENTER or not svar.runde.tager_udbud:
        return None
    return svar if svar.afdeling_id in modtager.afdelinger_som(Rolle.LEDER, Rolle.ELEVVEJLEDER) else None


@mail("oensker_aabne", "Du kan ønske pladser")
def oensker_aabne(modtager, data) -> Letter | None:
    runde = _unwished(modtager, data)
    if runde is None:
        return None
    text = (
        f"Nu kan du se, hvilke afdelinger der har pladser, og ønske, hvor du helst vil være: {runde.navn}.\n\n"
        f"Du kan ændre dine ønsker til og med {full_date(runde.oenskefrist)}. {IF_NOT}"
    )
    return Letter("Nu kan du ønske pladser", text, reverse("oensker"), "Ønsk pladser")


@mail("oensker_paamindelse", "Påmindelse om ønsker")
def oensker_paamindelse(modtager, data) -> Letter | None:
    runde = _unwished(modtager, data)
    if runde is None:
        return None
    text = f"Du har ikke sendt dine ønsker ind endnu. Fristen er {_deadline(runde.oenskefrist)}.\n\n{IF_NOT}"
    return Letter("Husk at ønske pladser", text, reverse("oensker"), "Ønsk pladser")


def _unwished(modtager, data) -> Oenskerunde | None:
    """No longer wanted when the wishes are sent in, or the time is over."""
    runde = _round(data)
    if runde is None or not runde.tager_oensker or not without_wishes(runde).filter(bruger=modtager).exists():
        return None
    return runde


@mail("oensker_kvittering", "Kvittering for ønsker")
def oensker_kvittering(modtager, data) -> Letter | None:
    runde = _round(data)
    if runde is None:
        return None
    text = (
        f"Vi har modtaget dine ønsker til {runde.navn} {tidspunkt(datetime.fromisoformat(data['tid']))}. "
        f"Du kan ændre dem til og med {full_date(runde.oenskefrist)}.\n\nLog ind for at se, hvad du har ønsket."
    )
    return Letter("Dine ønsker er modtaget", text, reverse("oensker"), "Se dine ønsker")


@mail("udbud_mangler", "Afdelinger har ikke svaret")
def udbud_mangler(modtager, data) -> Letter | None:
    runde = _round(data)
    if runde is None or runde.lukket or not modtager.har_rolle(Rolle.ELEVANSVARLIG):
        return None
    missing = runde.udbudssvar.filter(svar=Udbudssvar.Svar.VENTER).count()
    if not missing:
        return None
    text = (
        f"{count_noun(missing, 'afdeling', 'afdelinger')} har ikke svaret om pladser til {runde.hold}. Fristen var "
        f"{full_date(runde.udbudsfrist)}.\n\nRing til dem, og svar for dem. Eleverne kan kun ønske det, der er svaret."
    )
    return Letter("Nogle afdelinger har ikke svaret", text, _page(runde), "Se, hvem der mangler")


@mail("oensker_slut", "Fristen for ønsker er gået")
def oensker_slut(modtager, data) -> Letter | None:
    runde = _round(data)
    if runde is None or runde.lukket or runde.oenskefrist >= today() or not modtager.har_rolle(Rolle.ELEVANSVARLIG):
        return None
    everybody, missing = elever_of(runde).count(), without_wishes(runde).count()
    text = (
        f"Fristen for {runde.navn}, {runde.hold}, er gået. {everybody - missing} af {everybody} elever har sendt "
        "ønsker ind.\n\nDe andre regnes for, at det er lige meget. Nu kan pladserne fordeles."
    )
    return Letter("Fristen for ønsker er gået", text, _page(runde), "Se ønskerne")


def _round(data) -> Oenskerunde | None:
    return Oenskerunde.objects.select_related("hold__model").filter(pk=data["runde"]).first()


def _page(runde: Oenskerunde) -> str:
    return reverse("hold_oensker", args=[runde.hold_id])


def _deadline(day) -> str:
    return "i dag" if day == today() else full_date(day)
