"""Erasing a person: afterwards no table knows who it was, and nobody else has lost anything."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from afdelinger.models import Bruger, Invitation, Maalsaet, Rolle, Rolletildeling, Udsaettelse
from afdelinger.services import accept_invitation, give_role, update_bruger
from elevforloeb.core import outbox
from elevforloeb.core.files.disk import path_of
from elevforloeb.core.models import Fil, Haendelse, Mail, Opslag
from elevforloeb.core.periods import period
from elevforloeb.models import (
    Binding,
    Elev,
    Fordeling,
    Inhabilitet,
    Oenske,
    Oenskerunde,
    Oenskeseddel,
    Ophold,
    Tildeling,
    Udgivelse,
    Udkastaendring,
    Udkastophold,
)
from elevforloeb.project.sletning import FRIST, NAVN, Grund, erase_person
from elevforloeb.services.elev import aftale_version, elev_version, extend_agreement, stop_elev, update_elev
from elevforloeb.services.hold import NyElev, add_elever
from elevforloeb.services.kalender import add_kalenderperiode
from elevforloeb.services.plan import add_stay, open_draft, remove_stay, swap_stays, undo
from evaluering.models import Evaluering
from evaluering.services.underskrift import correct
from evaluering.services.vejen import hand_over, lapse
from tests.cast import person as make_person
from tests.evaluering_steps import begun, sealed, write
from tests.factories import BrugerFactory, ElevFactory, HoldFactory, MailFactory, OpholdFactory
from tests.plan_steps import days, last_of, named, publish
from tests.udlaeg_steps import approved, paid, receipt, returned

CANARIES = ["kanariefugl", "qvistzorn", "sisken", "99887766", "laerkesang"]
YEARS_LATER = datetime(2032, 3, 1, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))


def tables_with(*words) -> set[str]:
    """Every table in which a whole row, written out as text and folded, holds one of the words."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"select count(*) from {table} t where dansk_fold(t::text) ~ %s", ["|".join(words)])  # noqa: S608
            if cursor.fetchone()[0]:
                found.add(table)
    return found


@pytest.fixture
def course(cast, client, settings, tmp_path):
    """The canary's whole course: hired, renamed, planned, published, ill, looked up, mailed, stopped."""
    settings.MAIL_MODE, settings.MAIL_DIR = "file", tmp_path
    chief, hold = cast.elevansvarlig, cast.bo.hold
    new = NyElev("Sisken Qvistzørn", "sisken@example.invalid", "99887766")
    (elev,) = add_elever(chief, hold=hold, maalsaet=Maalsaet.objects.get(), nye=[new], inviter=True)
    accept_invitation(elev.bruger, invitation=Invitation.objects.get(), adgangskode="laerkesang om foråret")
    person = {"navn": 'Kanariefugl "Sis" Qvistzørn', "email": "kanariefugl@example.invalid", "telefon": "99887766"}
    aftale = {"hold": hold, "maalsaet": elev.maalsaet, "aftale_reference": "Sisken-17"}
    first, last, version = elev.startdato, elev.sidste_dag, elev_version(elev)
    elev = update_elev(
        chief, elev=elev, person=person, aftale=aftale, startdato=first, sidste_dag=last, version=version
    )
    autumn = days(date(2027, 9, 1), date(2027, 12, 31))
    add_stay(chief, hold=hold, elev=elev, afdeling=cast.oekonomi, elevvejleder=None, periode=autumn, past_ok=True)
    one, two = last_of(elev), named(cast.bo, cast.personale)
    swap_stays(chief, **one, med=two["noegle"], med_was=two["was"], past_ok=True)
    publish(chief, hold, past_ok=True)
    outbox.sweep()
    settings.MAIL_MODE = "demo"
    illness = {"art": "sygdom", "startdato": date(2027, 10, 4), "sidste_dag": date(2027, 10, 6)}
    add_kalenderperiode(cast.vejleder, elev=elev, **illness)
    give_role(chief, bruger=cast.fremmed, rolle=Rolle.ELEVVEJLEDER, afdeling=cast.oekonomi, vikar_for=elev.bruger)
    outbox.retry(chief, mail=MailFactory(modtager=elev.bruger, status="fejlet"))
    MailFactory(modtager=chief, emne='Om Kanariefugl "Sis" Qvistzørn', brev={"tekst": "Hos Sisken Qvistzørns leder"})
    longer = {"sidste_dag": date(2029, 10, 31), "grund": "aftalt med Sisken Qvistzørn"}
    elev = extend_agreement(chief, elev=elev, version=aftale_version(elev), **longer)
    one, two = named(elev, cast.personale), named(cast.aase, cast.oekonomi)
    swap_stays(chief, **one, med=two["noegle"], med_was=two["was"], past_ok=True)  # a step of a draft that stays open
    let_her_wish(cast, elev)
    evaluate_her(cast, elev)
    returned(cast, elev, grund="Siskens bon mangler", formaal="Siskens bog", filer=[receipt("Sisken.png")])
    look_her_up(client, cast, elev)
    log_her_in(client, elev.bruger)
    stop_elev(chief, elev=elev, stoppet=date(2028, 2, 1), version=aftale_version(elev))
    Udsaettelse.objects.create(bruger=elev.bruger, til=date(2029, 1, 1), grund="Siskens klage", sat_af=chief)
    return elev


def let_her_wish(cast, elev):
    """With wishes that are hers, and with words about her in what others got."""
    by = {"oprettet_af": cast.elevansvarlig}
    dates = dict.fromkeys(["udbud_fra", "udbudsfrist", "oenske_fra", "oenskefrist"], date(2027, 10, 1))
    runde = Oenskerunde.objects.create(hold=elev.hold, navn="Speciale", foerste_trin=4, sidste_trin=5, **dates, **by)
    seddel = Oenskeseddel.objects.create(runde=runde, elev=elev, begrundelse="Siskens drøm")
    Oenske.objects.create(seddel=seddel, rang=1, afdeling=cast.oekonomi)
    Inhabilitet.objects.create(seddel=seddel, afdeling=cast.personale, grund="Siskens mor er leder der")
    Binding.objects.create(runde=runde, elev=elev, afdeling=cast.oekonomi, art="fast", trin=4, grund="Sisken", **by)
    facts = {"instans": {"elever": [elev.pk]}, "resultat": {"note": f"{elev}s plads"}}
    fordeling = Fordeling.objects.create(runde=runde, navn="Første", **facts, **by)
    Tildeling.objects.create(fordeling=fordeling, elev=elev, trin=4, begrundelse="Sisken fik sit 1. ønske")
    Tildeling.objects.create(fordeling=fordeling, elev=cast.bo, trin=4, begrundelse_fuld=f"{elev} fik pladsen")


def evaluate_her(cast, elev):
    """A sealed evaluation and its correction, which nobody has signed, and one that was handed over and has lapsed."""
    stay = named_stay(elev, cast.vejleder)
    old = sealed(cast, ophold=stay, remark="Sisken er uenig")
    correct(cast.elevansvarlig, evaluering=old, grund="Siskens navn er stavet forkert")
    begun_one = begun(cast, ophold=stay, art="midtvejs")
    write(cast.vejleder, begun_one, "Sisken er flittig")
    vikar = make_person("Viggo Vikar", Rolle.ELEVVEJLEDER, stay.afdeling)
    hand_over(vikar, evaluering=begun_one, til=vikar)
    lapse(cast.elevansvarlig, evaluering=begun_one, grund="Sisken er rejst")


def named_stay(elev, vejleder) -> Ophold:
    """Her stay in the vejleder's department, made if the plan has none."""
    (afdeling,) = vejleder.afdelinger_som(Rolle.ELEVVEJLEDER)
    stay = Ophold.objects.filter(elev=elev, afdeling=afdeling).first()
    stay = stay or OpholdFactory(elev=elev, afdeling_id=afdeling, periode=period(date(2028, 5, 1), date(2028, 8, 31)))
    stay.elevvejleder = vejleder
    stay.save()
    return stay


def look_her_up(client, cast, elev):
    client.force_login(cast.elevansvarlig)
    for text in ("Kanariefugl", "sisken qvist", "kanari", "qvistzorn"):
        client.get(reverse("soeg"), {"q": text})
    client.get(reverse("elev", args=[elev.pk]))
    client.get(reverse("brugere"), {"q": "sisken"})


def log_her_in(client, bruger):
    client.logout()
    answer = client.post(reverse("account_login"), {"login": bruger.email, "password": "laerkesang om foråret"})
    assert answer.status_code == 302
    Authenticator.objects.create(user=bruger, type="totp", data={"secret": "laerkesang"})
    EmailAddress.objects.create(user=bruger, email=bruger.email)


def test_after_an_erasure_no_table_knows_the_person(course, cast, tmp_path, django_capture_on_commit_callbacks):
    known = {
        "afdelinger_bruger", "elevforloeb_elev", "elevforloeb_udgivelse", "elevforloeb_udkastaendring", "core_mail",
        "core_haendelse", "core_opslag", "afdelinger_udsaettelse", "account_emailaddress", "mfa_authenticator",
        "elevforloeb_oenskeseddel", "elevforloeb_inhabilitet", "elevforloeb_binding", "elevforloeb_tildeling",
        "elevforloeb_fordeling", "evaluering_evaluering", "evaluering_svar", "evaluering_underskrift", "core_dokument",
        "core_fil", "skoleophold_udlaeg",
    }  # fmt: skip
    assert tables_with(*CANARIES) == known, "the canary has lived everywhere"
    assert len(list(tmp_path.iterdir())) >= 2
    hers = {path for path in tmp_path.iterdir() if "kanariefugl" in path.read_text().casefold()}
    with time_machine.travel(YEARS_LATER), django_capture_on_commit_callbacks(execute=True):
        erase_person(cast.elevansvarlig, person=course.bruger)
    assert tables_with(*CANARIES) == set()
    assert hers and not any(path.exists() for path in hers)
    assert not [s for s in Session.objects.all() if s.get_decoded().get("_auth_user_id") == str(course.bruger_id)]
    assert not Elev.objects.filter(pk=course.pk).exists()
    assert not Rolletildeling.objects.filter(bruger=course.bruger_id).exists()
    assert not Evaluering.objects.exists()


def test_an_erasure_takes_nothing_from_the_others(course, cast):
    def others():
        rows = [
            Ophold.objects.exclude(elev=course),
            Udkastophold.objects.exclude(elev=course),
            Elev.objects.exclude(pk=course.pk),
        ]
        rows += [
            Bruger.objects.exclude(pk=course.bruger_id),
            Mail.objects.exclude(modtager=course.bruger_id).exclude(brev=None),
        ]
        return [list(each.order_by("pk").values_list("pk", flat=True)) for each in rows]

    before, acts, looks = others(), Haendelse.objects.count(), Opslag.objects.count()
    about_bo = list(Haendelse.objects.filter(objekttype="elevforloeb.Elev", objekt_id=cast.bo.pk).values())
    with time_machine.travel(YEARS_LATER):
        erase_person(cast.elevansvarlig, person=course.bruger)
    assert others() == before
    assert (Haendelse.objects.count(), Opslag.objects.count()) == (acts + 2, looks)  # the person, and a sealed document
    assert list(Haendelse.objects.filter(objekttype="elevforloeb.Elev", objekt_id=cast.bo.pk).values()) == about_bo
    receipt = Udgivelse.objects.get()
    assert any(line.startswith("Bo Berg: ") for line in receipt.forskelle)
    assert f"{NAVN}: oplysningen er slettet" in receipt.forskelle
    assert [None, NAVN, "Elevens første plan"] in receipt.modtagere
    assert Tildeling.objects.get().begrundelse_fuld == f"{NAVN} fik pladsen"


def test_a_step_back_in_a_draft_brings_back_the_others_stay_only(course, cast):
    step = Udkastaendring.objects.get()
    with time_machine.travel(YEARS_LATER):
        erase_person(cast.elevansvarlig, person=course.bruger)
    assert Udkastaendring.objects.get().elever == [cast.aase.pk]
    undo(cast.elevansvarlig, hold=cast.bo.hold, aendring_id=step.pk)
    first = Udkastophold.objects.filter(elev=cast.aase).order_by("periode").first()
    assert first.afdeling == cast.oekonomi
    assert not Udkastophold.objects.filter(elev=course.pk).exists()


def test_the_account_is_an_empty_shell_and_the_history_says_who_did_it(cast):
    person = ElevFactory(hold=HoldFactory(startdato=date(2022, 9, 1))).bruger
    erase_person(cast.elevansvarlig, person=person)
    shell = Bruger.objects.get(pk=person.pk)
    assert (shell.navn, shell.is_active, shell.has_usable_password()) == (NAVN, False, False)
    told = Haendelse.objects.get(handling="person.slettet")
    assert told.bruger == cast.elevansvarlig
    assert told.tekst == "Oplysningerne om en person er slettet: fristen er nået"


# --- when ---------------------------------------------------------------------------------------------------------


def test_a_receipt_goes_with_its_bytes_and_another_s_loses_the_name(
    cast, settings, tmp_path, django_capture_on_commit_callbacks
):
    """What was paid stays as a sum; whose it was does not."""
    settings.FILE_ROOT = tmp_path
    gone = ended_elev(date(2025, 9, 30), bruger=BrugerFactory(navn="Kanariefugl Sisken"))
    hers = approved(cast, gone, filer=[receipt("Kanariefugl Sisken.png")])
    others = approved(cast, cast.bo, formaal="Med Kanariefugl Sisken", filer=[receipt("Kanariefugl Sisken.png")])
    made, old = paid(cast, hers, others), hers.bilag.get().fil
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(cast.elevansvarlig, person=gone.bruger)
    kept = Fil.objects.get()
    assert (kept, kept.navn) == (others.bilag.get().fil, f"{NAVN}.png")
    assert [path.name for path in tmp_path.glob("*/*")] == [kept.lager] and not path_of(old.lager).exists()
    made.refresh_from_db()
    assert (made.antal, made.beloeb, [row.formaal for row in made.udlaeg.all()]) == (2, 480, [f"Med {NAVN}"])
    assert tables_with("kanariefugl") == set()


def ended_elev(last: date, **more) -> Elev:
    elev = ElevFactory(hold=HoldFactory(startdato=date(2023, 9, 1)), periode=period(date(2023, 9, 1), last), **more)
    elev.bruger.rolletildelinger.update(periode=period(date(2023, 9, 1), last))
    return elev


def test_before_the_time_somebody_must_say_why(cast):
    elev = ended_elev(date(2026, 8, 31))
    with pytest.raises(ValidationError, match="Fristen er ikke nået"):
        erase_person(cast.elevansvarlig, person=elev.bruger)
    erase_person(cast.elevansvarlig, person=elev.bruger, grund=Grund.OENSKET)
    assert "personen har bedt om det" in Haendelse.objects.get(handling="person.slettet").tekst


def test_who_is_employed_has_a_role_is_put_off_or_is_oneself_cannot_be_erased(cast):
    put_off = ended_elev(date(2024, 8, 31))
    Udsaettelse.objects.create(bruger=put_off.bruger, til=date(2027, 12, 1), grund="klage", sat_af=cast.elevansvarlig)
    for person in (cast.bo.bruger, cast.vejleder, put_off.bruger, cast.elevansvarlig):
        with pytest.raises(ValidationError):
            erase_person(cast.elevansvarlig, person=person, grund=Grund.FEJL)
    with pytest.raises(ValidationError, match="du må ikke"):
        erase_person(cast.administrator, person=ended_elev(date(2024, 8, 31)).bruger)


def test_nobody_is_erased_twice(cast):
    person = ended_elev(date(2024, 8, 31)).bruger
    erase_person(cast.elevansvarlig, person=person)
    with pytest.raises(ValidationError, match="allerede slettet"):
        erase_person(cast.elevansvarlig, person=person)


def test_a_former_elev_who_works_here_keeps_account_and_role_and_loses_the_course(cast):
    elev = ended_elev(date(2024, 8, 31), bruger=BrugerFactory(navn="Sisken Qvistzørn"))
    OpholdFactory(elev=elev, afdeling=cast.oekonomi, periode=period(date(2023, 9, 1), date(2023, 12, 31)))
    add_kalenderperiode(
        cast.elevansvarlig, elev=elev, art="sygdom", startdato=date(2024, 1, 8), sidste_dag=date(2024, 1, 9)
    )
    open_draft(cast.elevansvarlig, hold=elev.hold)
    remove_stay(cast.elevansvarlig, **named(elev, cast.oekonomi), past_ok=True)
    give_role(cast.elevansvarlig, bruger=elev.bruger, rolle=Rolle.ELEVVEJLEDER, afdeling=cast.oekonomi)
    found = erase_person(cast.elevansvarlig, person=elev.bruger)
    assert not found.hele and not Elev.objects.filter(pk=elev.pk).exists()
    person = Bruger.objects.get(pk=elev.bruger_id)
    assert person.navn == "Sisken Qvistzørn" and person.har_rolle(Rolle.ELEVVEJLEDER)
    assert tables_with("sisken") == {"afdelinger_bruger", "core_haendelse"}
    assert {row.handling for row in Haendelse.objects.filter(tekst__contains="Sisken")} == {"rolle.givet"}


# --- whose name ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bo Berg: Økonomi 1. sep. fjernet", "Slettet person: oplysningen er slettet"),
        ("Åse Ærlig og Bo Berg byttede", "Åse Ærlig og Slettet person byttede"),
        ("Bo Bergs plan", "Slettet person plan"),
        ("Bo Bergholt: Økonomi", "Bo Bergholt: Økonomi"),
        ("Rambo Berg er her", "Rambo Berg er her"),
        ("Bo Berg-Holm er her", "Bo Berg-Holm er her"),
        ("Skrevet til bo.berg@example.invalid.", "Skrevet til Slettet person."),
        ("Skrevet til jumbo.bo.berg@example.invalid", "Skrevet til jumbo.bo.berg@example.invalid"),
    ],
)
def test_the_whole_name_goes_and_names_that_look_like_it_stay(cast, text, expected):
    update_bruger(cast.elevansvarlig, bruger=cast.bo.bruger, email="bo.berg@example.invalid")
    row = Haendelse.objects.create(handling="x", objekttype="elevforloeb.Hold", objekt_id=1, tekst=text)
    Elev.objects.filter(pk=cast.bo.pk).update(stoppet=date(2027, 9, 20))
    erase_person(cast.elevansvarlig, person=cast.bo.bruger, grund=Grund.FEJL)
    row.refresh_from_db()
    assert row.tekst == expected


@pytest.mark.parametrize("navn", ["O'Neil (Bob) [x] *+?{2}|^$\\", 'Citat "ja" \\n', "Å", "100 % _ok_"])
def test_a_name_with_signs_that_mean_something_elsewhere_goes_too(cast, navn):
    person = BrugerFactory(navn=navn)
    update_bruger(cast.elevansvarlig, bruger=person, navn=f"{navn} Nyt")
    row = Haendelse.objects.create(
        handling="x", objekttype="x", tekst=f"Om {navn} Nyt.", data={"foer": [f"{navn} Nyt"]}
    )
    erase_person(cast.elevansvarlig, person=person, grund=Grund.FEJL)
    row.refresh_from_db()
    assert (row.tekst, row.data) == (f"Om {NAVN}.", {"foer": [NAVN]})


def test_what_is_about_another_of_the_same_name_keeps_it(cast):
    one, two = (ended_elev(date(2024, 8, 31), bruger=BrugerFactory(navn="Anna Jensen")) for _ in range(2))
    for each in (one, two):
        stop_elev(cast.elevansvarlig, elev=each, stoppet=date(2024, 6, 1), version=aftale_version(each))
    erase_person(cast.elevansvarlig, person=one.bruger)
    texts = Haendelse.objects.filter(handling="elev.stoppet").order_by("pk").values_list("tekst", flat=True)
    assert [bool(re.search("Anna Jensen", text)) for text in texts] == [False, True]


def test_erasing_costs_the_same_few_statements_with_a_long_history(cast, django_assert_max_num_queries):
    person = ended_elev(date(2024, 8, 31)).bruger
    row = {"bruger": cast.vejleder, "handling": "x", "objekttype": "x", "tekst": "Afdelingen er rettet"}
    Haendelse.objects.bulk_create(Haendelse(**row) for _ in range(300))
    with django_assert_max_num_queries(130):  # one or two for each table about people
        erase_person(cast.elevansvarlig, person=person, grund=FRIST)


def test_the_time_runs_from_the_day_after_the_last(cast):
    elev = ended_elev(date(2025, 10, 15))  # 24 months before today, which is the 15th
    with pytest.raises(ValidationError, match="Fristen"):
        erase_person(cast.elevansvarlig, person=elev.bruger)
    with time_machine.travel(datetime(2027, 10, 16, 12, tzinfo=ZoneInfo("Europe/Copenhagen")) + timedelta(hours=1)):
        erase_person(cast.elevansvarlig, person=elev.bruger)


def test_a_former_elev_who_works_here_loses_the_evaluations_and_their_history(cast):
    elev = ended_elev(date(2024, 8, 31), bruger=BrugerFactory(navn="Sisken Qvistzørn"))
    elev.bruger.rolletildelinger.update(periode=period(date(2023, 9, 1)))  # she signs on a day when she was here
    autumn = period(date(2023, 9, 1), date(2023, 12, 31))
    stay = OpholdFactory(elev=elev, afdeling=cast.oekonomi, elevvejleder=cast.vejleder, periode=autumn)
    correct(cast.elevansvarlig, evaluering=sealed(cast, ophold=stay), grund="Sisken har klaget")
    elev.bruger.rolletildelinger.all().delete()
    give_role(cast.elevansvarlig, bruger=elev.bruger, rolle=Rolle.ELEVVEJLEDER, afdeling=cast.oekonomi)
    erase_person(cast.elevansvarlig, person=elev.bruger)
    assert not Evaluering.objects.exists()
    assert tables_with("sisken", "har klaget") == {"afdelinger_bruger", "core_haendelse"}
    assert {row.handling for row in Haendelse.objects.filter(tekst__contains="Sisken")} == {"rolle.givet"}
