"""The pages as people use them: what they show, what they refuse, and that they keep what was typed."""

from datetime import date

import pytest

from afdelinger.models import Afdeling, Bruger, Invitation, Maalsaet, Opgave, Pladser
from elevforloeb.core.models import Mail, Opslag
from elevforloeb.core.periods import period
from tests.factories import AfdelingFactory, BrugerFactory, MaalFactory, OpgaveFactory

MEGABYTE = "x" * 1_000_000


def text(response) -> str:
    return response.content.decode()


# --- Departments ------------------------------------------------------------------------------------------------
def test_everyone_reads_about_a_department_and_few_may_edit(as_user, cast):
    url = f"/afdelinger/{cast.oekonomi.kode}/"
    page = text(as_user(cast.aase.bruger).get(url))
    assert "Afstemme konti" in page and "Vera Vejleder" in page and cast.vejleder.email in page
    assert "Ret afdelingen" not in page
    assert "Ret afdelingen" in text(as_user(cast.vejleder).get(url))
    assert "Ret afdelingen" not in text(as_user(cast.anden_vejleder).get(url))


def test_a_closed_department_points_to_its_successor(as_user, cast):
    old = AfdelingFactory(
        navn="Gammel", periode=period(date(2015, 1, 1), date(2020, 12, 31)), efterfoelger=cast.oekonomi
    )
    page = text(as_user(cast.vejleder).get(old.get_absolute_url()))
    assert "lukket for elever" in page and cast.oekonomi.get_absolute_url() in page
    assert "Har overtaget" in text(as_user(cast.vejleder).get(cast.oekonomi.get_absolute_url()))


def test_htmx_gets_the_list_alone(as_user, cast):
    client = as_user(cast.vejleder)
    whole, part = client.get("/afdelinger/?q=afstemme"), client.get("/afdelinger/?q=afstemme", HTTP_HX_REQUEST="true")
    assert "<html" in text(whole) and "<html" not in text(part)
    assert "Her kan man lære" in text(whole) and text(part).strip() in text(whole)


def test_a_vejleder_changes_the_texts_but_not_the_name(as_user, cast):
    client = as_user(cast.vejleder)
    url = f"/afdelinger/{cast.oekonomi.kode}/ret/"
    version = client.get(url).context["form"]["version"].value()
    response = client.post(url, {"beskrivelse": "Ny tekst", "navn": "Kuppet", "version": version})
    assert response.status_code == 302
    cast.oekonomi.refresh_from_db()
    assert (cast.oekonomi.beskrivelse, cast.oekonomi.navn) == ("Ny tekst", "Økonomi og Analyse")


def test_a_conflict_keeps_the_text_and_the_next_save_is_a_choice(as_user, cast):
    client = as_user(cast.vejleder)
    url = f"/afdelinger/{cast.oekonomi.kode}/ret/"
    version = client.get(url).context["form"]["version"].value()
    Afdeling.objects.filter(pk=cast.oekonomi.pk).update(beskrivelse="En andens tekst")
    response = client.post(url, {"beskrivelse": "Min tekst", "version": version})
    assert response.status_code == 409
    assert "Min tekst" in text(response) and "Din rettelse er ikke gemt" in text(response)
    assert "Nu står der hvad afdelingen laver: En andens tekst." in text(response)  # what is the same is not told
    newer = response.context["form"]["version"].value()
    assert client.post(url, {"beskrivelse": "Min tekst", "version": newer}).status_code == 302


def test_a_conflict_over_a_task_shows_both_texts(as_user, cast):
    client = as_user(cast.vejleder)
    url = f"/opgaver/{cast.opgave.pk}/ret/"
    version = client.get(url).context["form"]["version"].value()
    Opgave.objects.filter(pk=cast.opgave.pk).update(navn="En andens opgave", hvem_gavner="")
    response = client.post(url, {"navn": "Min opgave", "hvem_gavner": "Borgerne", "art": "", "version": version})
    assert response.status_code == 409
    assert "Min opgave" in text(response) and "Nu står der opgave: En andens opgave, " in text(response)
    assert "hvem gavner det?: ikke udfyldt" in text(response)


def test_an_error_keeps_the_old_version(as_user, cast):
    """Otherwise a save after an error would silently win over somebody else's text."""
    client = as_user(cast.vejleder)
    url = f"/afdelinger/{cast.oekonomi.kode}/ret/"
    version = client.get(url).context["form"]["version"].value()
    Afdeling.objects.filter(pk=cast.oekonomi.pk).update(beskrivelse="En andens tekst")
    response = client.post(url, {"beskrivelse": "", "version": version})
    assert response.status_code == 422
    assert response.context["form"]["version"].value() == version


def test_a_task_is_edited_in_its_row(as_user, cast):
    client = as_user(cast.vejleder)
    url = f"/opgaver/{cast.opgave.pk}/ret/"
    form = client.get(url, HTTP_HX_REQUEST="true")
    assert "<html" not in text(form) and "autofocus" in text(form)
    wrong = client.post(url, {"navn": ""}, HTTP_HX_REQUEST="true")
    assert wrong.status_code == 422 and "Udfyld “Opgave”" in text(wrong)
    version = form.context["form"]["version"].value()
    saved = client.post(url, {"navn": "Afstemme alt", "version": version}, HTTP_HX_REQUEST="true")
    assert "Afstemme alt" in text(saved) and "Opgaven er gemt" in text(saved)


def test_without_htmx_the_same_form_is_a_page(as_user, cast):
    client = as_user(cast.vejleder)
    url = f"/opgaver/{cast.opgave.pk}/ret/"
    version = client.get(url).context["form"]["version"].value()
    assert client.post(url, {"navn": "Afstemme alt", "version": version}).url == "/afdelinger/oekonomi/opgaver/"


def test_another_departments_task_does_not_exist(as_user, cast):
    foreign = OpgaveFactory(afdeling=cast.personale)
    client = as_user(cast.vejleder)
    assert client.get(f"/opgaver/{foreign.pk}/ret/").status_code == 404
    assert client.post(f"/opgaver/{foreign.pk}/handling/", {"handling": "udgaa"}).status_code == 404
    assert not Opgave.objects.get(pk=foreign.pk).udgaaet


def test_the_buttons_of_a_task_need_no_script(as_user, cast):
    client = as_user(cast.vejleder)
    client.post(f"/opgaver/{cast.opgave.pk}/handling/", {"handling": "udgaa"})
    page = text(client.get("/afdelinger/oekonomi/opgaver/"))
    assert "Udgåede opgaver (1)" in page and "er udgået" in page


def test_overlapping_places_are_refused_at_the_field(as_user, cast):
    response = as_user(cast.elevansvarlig).post(
        "/afdelinger/oekonomi/pladser/", {"antal": 4, "fra": "2028-01-01", "kilde": "Direktionen"}
    )
    assert response.status_code == 422
    assert "Der er allerede 3 pladser" in response.context["form"].errors["fra"][0]
    assert "Direktionen" in text(response)
    assert Pladser.objects.filter(afdeling=cast.oekonomi).count() == 1


# --- Bad input --------------------------------------------------------------------------------------------------
NEW = {"navn": "Ny", "kortnavn": "Ny", "art": "grund", "farve": "1", "fra": "2027-10-15", "beskrivelse": "Tekst"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("navn", "Nul\x00byte"),
        ("navn", MEGABYTE),
        ("navn", "   "),
        ("beskrivelse", MEGABYTE),
        ("beskrivelse", "\x00"),
        ("art", "tredje"),
        ("farve", "9"),
        ("farve", "9" * 40),
        ("farve", "blå"),
        ("fra", "9999-12-31"),
        ("fra", "0001-01-01"),
        ("fra", "31. februar"),
    ],
)
def test_a_new_department_with_bad_input_is_refused_and_the_rest_is_kept(as_user, cast, field, value):
    before = Afdeling.objects.count()
    response = as_user(cast.elevansvarlig).post("/afdelinger/ny/", NEW | {"kortnavn": "Kortet", field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Kortet" in text(response)
    assert Afdeling.objects.count() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("maal", "999999"),
        ("maal", "9" * 40),
        ("maal", "abc"),
        ("jobkompetencer", "0"),
        ("underomraade", "999999"),
        ("underomraade", "9" * 40),
        ("art", "sjov"),
        ("navn", "x\x00"),
    ],
)
def test_a_task_with_unknown_ids_is_refused(as_user, cast, field, value):
    response = as_user(cast.vejleder).post("/afdelinger/oekonomi/opgaver/ny/", {"navn": "Ny opgave", field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


@pytest.mark.parametrize("antal", ["-1", "100", "1e9", "9" * 30, "to", ""])
def test_an_impossible_number_of_places_is_refused(as_user, cast, antal):
    response = as_user(cast.elevansvarlig).post("/afdelinger/oekonomi/pladser/", {"antal": antal, "fra": "2028-01-01"})
    assert response.status_code == 422


@pytest.mark.parametrize("q", ["%", "_", "\\", "'", "%%%", "æøå" * 500, "\ud83d\ude00"])
def test_any_search_is_answered(as_user, cast, q):
    client = as_user(cast.elevansvarlig)
    for url in ("/afdelinger/", "/brugere/", "/kurser/"):
        assert client.get(url, {"q": q.encode("utf-16", "surrogatepass").decode("utf-16")}).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["rolle=konge", "status=x", "sorter=x", "side=abc", "side=9999", "side=-1", "q=" + "x" * 3000],
)
def test_an_unknown_filter_is_ignored(as_user, cast, query):
    assert as_user(cast.elevansvarlig).get(f"/brugere/?{query}").status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "/afdelinger/findes-ikke/",
        "/afdelinger/oekonomi/dele/sprogkursus/ny/",
        "/opgaver/999999999999999999999999/ret/",
        "/brugere/999999/",
        "/regler/findes-ikke/",
        "/maal/?version=findes-ikke",
        "/roller/999999/",
        "/pladser/999999/",
        "/dele/sprogkursus/1/",
    ],
)
def test_what_does_not_exist_is_404(as_user, cast, url):
    assert as_user(cast.elevansvarlig).get(url).status_code == 404


# --- People -----------------------------------------------------------------------------------------------------
PERSON = {"navn": "Nora Ny", "email": "nora@example.invalid", "rolle": "elevvejleder", "fra": "2027-10-15"}


def test_a_person_a_role_and_an_invitation_in_one_go(as_user, cast):
    response = as_user(cast.administrator).post(
        "/brugere/ny/", PERSON | {"afdeling": cast.oekonomi.pk, "inviter": "on"}
    )
    nora = Bruger.objects.get(email="nora@example.invalid")
    assert response.url == nora.get_absolute_url()
    assert nora.afdelinger_som("elevvejleder") == [cast.oekonomi.pk]
    assert Invitation.objects.get().bruger == nora
    assert Mail.objects.get().skabelon == "invitation"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"afdeling": ""}, "afdeling"),
        ({"afdeling": "999999"}, "afdeling"),
        ({"rolle": "elev"}, "rolle"),
        ({"email": "ikke en adresse"}, "email"),
        ({"navn": "N\x00"}, "navn"),
        ({"navn": MEGABYTE}, "navn"),
        ({"sidste_dag": "2027-01-01"}, "sidste_dag"),
        ({"vikar_for": "9" * 30}, "vikar_for"),
    ],
)
def test_a_person_with_bad_input_is_not_half_saved(as_user, cast, change, field):
    data = PERSON | {"afdeling": cast.oekonomi.pk} | change
    response = as_user(cast.elevansvarlig).post("/brugere/ny/", data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Bruger.objects.filter(email="nora@example.invalid").exists()


def test_an_address_in_use_stands_at_its_field(as_user, cast):
    data = PERSON | {"afdeling": cast.oekonomi.pk, "email": cast.vejleder.email}
    response = as_user(cast.elevansvarlig).post("/brugere/ny/", data)
    assert response.context["form"].errors["email"] == ["Der er allerede en bruger med den e-mail."]


def test_looking_at_a_person_is_logged_once(as_user, cast):
    client = as_user(cast.administrator)
    client.get(cast.vejleder.get_absolute_url())
    client.get("/brugere/?q=vera")
    client.get("/brugere/")
    rows = Opslag.objects.order_by("id").values_list("art", "person", "soegetekst")
    assert list(rows) == [("vis", cast.vejleder.pk, ""), ("soeg", None, "vera"), ("liste", None, "")]


@pytest.mark.parametrize(("q", "found"), [("aase", 1), ("Åse", 1), ("AASE", 1), ("aerlig", 1), ("vera@", 0)])
def test_the_search_for_people_folds_danish(as_user, cast, q, found):
    side = as_user(cast.elevansvarlig).get("/brugere/", {"q": q}).context["side"]
    assert len(side.object_list) == found


def test_the_last_elevansvarlig_is_told_why_not(as_user, cast):
    client = as_user(cast.elevansvarlig)
    role = cast.elevansvarlig.rolletildelinger.get()
    response = client.post(f"/roller/{role.pk}/slut/", follow=True)
    assert "Der skal altid være mindst én elevansvarlig" in text(response)
    response = client.post(f"/brugere/{cast.elevansvarlig.pk}/luk/", follow=True)
    assert "Der skal altid være mindst én elevansvarlig" in text(response)


def test_the_profile_changes_name_and_phone_but_not_the_address(as_user, cast):
    data = {"navn": "Vera V. Vejleder", "telefon": "12 34 56 78", "stilling": "Konsulent", "email": "x@example.invalid"}
    assert as_user(cast.vejleder).post("/profil/", data).url == "/profil/"
    vera = Bruger.objects.get(pk=cast.vejleder.pk)
    assert (vera.navn, vera.email) == ("Vera V. Vejleder", cast.vejleder.email)
    assert as_user(cast.vejleder).get("/konto/email/").url == "/profil/"


# --- Goals, rules, courses --------------------------------------------------------------------------------------
GOALS = {"navn": "Nye mål", "kilde": "BEK 1", "fra": "2027-10-15", "liste": "KOM: Kommunikation\nBUD: Budget"}


def test_a_list_of_goals_is_previewed_before_it_is_made(as_user, cast):
    client = as_user(cast.elevansvarlig)
    preview = client.post("/maal/ny/", GOALS | {"handling": "vis"})
    assert "Tjek listen: 2 mål" in text(preview)
    assert not Maalsaet.objects.filter(navn="Nye mål").exists()
    assert client.post("/maal/ny/", GOALS | {"handling": "opret"}).url == "/maal/"
    assert Maalsaet.objects.get(navn="Nye mål").maal.count() == 2


@pytest.mark.parametrize("liste", ["", "A: x\nA: y", "x\x00", "M: " + "x" * 500, MEGABYTE])
def test_a_bad_list_of_goals_is_refused_and_kept(as_user, cast, liste):
    response = as_user(cast.elevansvarlig).post("/maal/ny/", GOALS | {"liste": liste, "handling": "opret"})
    assert response.status_code == 422
    assert "BEK 1" in text(response)
    assert not Maalsaet.objects.filter(navn="Nye mål").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("vaerdi", "mange"),
        ("vaerdi", "-1"),
        ("vaerdi", "9" * 20),
        ("fra", "2020-01-01"),
        ("kilde", ""),
        ("note", "\x00"),
    ],
)
def test_a_bad_rule_is_refused_at_its_field(as_user, cast, field, value):
    data = {"vaerdi": "16", "fra": "2028-01-01", "kilde": "Skolen"} | {field: value}
    response = as_user(cast.elevansvarlig).post("/regler/skoleuger/", data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_rule_shows_its_value_its_date_and_its_source(as_user, cast):
    client = as_user(cast.elevansvarlig)
    client.post("/regler/skoleuger/", {"vaerdi": "16", "fra": "2028-01-01", "kilde": "Skolens plan"})
    page = text(client.get("/regler/"))
    assert "Skolens plan" in page and "fra 1. jan. 2028" in page


def test_a_vejleder_registers_and_removes_a_course(as_user, cast):
    client = as_user(cast.vejleder)
    assert client.post("/kurser/49998/", {"dato": "2027-10-01"}).url == "/kurser/"
    assert "Fjern" in text(client.get("/kurser/?vis=mine"))
    assert client.post("/kurser/49998/", {"dato": "2027-10-02"}).status_code == 422
    client.post("/kurser/49998/fjern/")
    assert not cast.vejleder.kursusdeltagelser.exists()


# --- Query budgets: the same number with 3 and with 300 rows --------------------------------------------------
def many(number: int):
    afdeling = AfdelingFactory()
    goal = MaalFactory()
    Afdeling.objects.bulk_create(AfdelingFactory.build_batch(number))
    Bruger.objects.bulk_create(BrugerFactory.build_batch(number))
    tasks = Opgave.objects.bulk_create(OpgaveFactory.build_batch(number, afdeling=afdeling))
    link = Opgave.maal.through
    link.objects.bulk_create(link(opgave=task, maal=goal) for task in tasks)
    return afdeling


@pytest.mark.parametrize(
    ("url", "queries"),
    [
        ("/afdelinger/", 5),
        ("/afdelinger/?q=opgave", 6),
        ("/brugere/", 7),
        ("/kurser/", 9),
        ("/maal/", 8),
        ("/regler/", 4),
    ],
)
@pytest.mark.parametrize("number", [3, 300])
def test_a_list_takes_the_same_queries_with_few_and_with_many_rows(
    as_user, cast, django_assert_num_queries, url, queries, number
):
    many(number)
    client = as_user(cast.elevansvarlig)
    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("number", [3, 300])
def test_a_departments_page_takes_the_same_queries_with_few_and_with_many_tasks(
    as_user, cast, django_assert_num_queries, number
):
    afdeling = many(number)
    client = as_user(cast.aase.bruger)
    with django_assert_num_queries(11):
        client.get(afdeling.get_absolute_url())
    client = as_user(cast.elevansvarlig)
    with django_assert_num_queries(5):
        client.get(f"/afdelinger/{afdeling.kode}/opgaver/")
