"""How forms are drawn, for every form of the house."""

import time
from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH

from elevforloeb.core.forms import DatoField, Felt, ListeFilter, soegefelt

SVAR = [("ja", "Ja"), ("nej", "Nej")]


class Proeve(forms.Form):
    navn = forms.CharField(label="Elevens navn")
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False, help_text="Vises kun for dig.")
    start = forms.DateField(label="Startdato", initial=date(2027, 9, 1))
    afdeling = forms.ChoiceField(label="Afdeling", choices=[("Grund", [("1", "Borgerservice")]), ("2", "HR")])
    svar = forms.ChoiceField(label="Trives eleven?", choices=SVAR, widget=forms.RadioSelect)
    dage = forms.MultipleChoiceField(
        label="Mødedage", choices=[("ma", "Mandag")], widget=forms.CheckboxSelectMultiple, required=False
    )
    bilag = forms.FileField(label="Bilag")
    enig = forms.BooleanField(label="Jeg har læst planen")
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)


class Tags(HTMLParser):
    """Every start tag as (name, attributes)."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def named(self, name):
        return [attrs for tag, attrs in self.tags if attrs.get("name") == name]

    def ids(self):
        return {attrs["id"] for _, attrs in self.tags if "id" in attrs}


def drawn(data=None, form=Proeve) -> Tags:
    return Tags(str(form(data, data and {})))


def test_every_field_is_a_felt():
    assert {type(field) for field in Proeve()} == {Felt}


def test_every_field_has_a_label_or_stands_in_a_fieldset():
    page = drawn()
    labelled = {attrs.get("for") for tag, attrs in page.tags if tag == "label"}
    for tag, attrs in page.tags:
        if tag in ("input", "select", "textarea") and attrs.get("type") != "hidden":
            assert attrs["id"] in labelled
    assert str(Proeve()).count("<legend") == 2


def test_dates_are_native_pickers_with_an_iso_value():
    (start,) = drawn().named("start")
    assert (start["type"], start["value"]) == ("date", "2027-09-01")


def test_what_was_typed_is_kept():
    data = {"navn": "Åse <b>", "note": "\nlinje", "start": "2027-10-01", "afdeling": "2", "svar": "nej", "enig": "on"}
    html = str(Proeve(data, {}))
    page = Tags(html)
    assert page.named("navn")[0]["value"] == "Åse <b>"
    assert page.named("start")[0]["value"] == "2027-10-01"
    assert ["checked" in attrs for attrs in page.named("svar")] == [False, True]
    assert "checked" in page.named("enig")[0]
    assert [attrs["value"] for tag, attrs in page.tags if tag == "option" and "selected" in attrs] == ["2"]
    assert ">\n\nlinje</textarea>" in html  # browsers drop one line break after the tag


def test_optional_fields_say_so():
    assert str(Proeve()).count("(valgfrit)") == 2


def test_where_nothing_is_chosen_a_list_says_so_in_words():
    class Liste(forms.Form):
        hold = forms.ChoiceField(label="Hold", choices=BLANK_CHOICE_DASH + [("1", "Hold 2027")])

    assert ">Vælg</option>" in str(Liste())


def test_missing_answers_say_what_to_do():
    words = [message for field in Proeve({}, {}) for message in field.messages]
    assert words == [
        "Udfyld “Elevens navn”",
        "Udfyld “Startdato”",
        "Vælg i “Afdeling”",
        "Vælg et svar til “Trives eleven?”",
        "Vælg en fil til “Bilag”",
        "Sæt kryds ved “Jeg har læst planen”",
        "Siden er ikke hel. Genindlæs den, og prøv igen.",  # a hidden field: nobody can fill it in
    ]


def test_words_of_the_form_itself_win():
    class Egen(forms.Form):
        navn = forms.CharField(label="Navn", error_messages={"required": "Skriv elevens navn"})

    assert Egen({})["navn"].messages == ["Skriv elevens navn"]


def test_what_is_refused_names_its_field_and_says_what_to_do():
    """Three dates with the same message cannot be told apart in a summary."""

    class Vrovl(forms.Form):
        navn = forms.CharField(label="Navn", max_length=5)
        note = forms.CharField(label="Note")
        email = forms.EmailField(label="E-mail")
        antal = forms.IntegerField(label="Antal", min_value=0)
        uger = forms.IntegerField(label="Uger", max_value=52)
        dage = forms.IntegerField(label="Dage")
        fra = DatoField(label="Første dag")
        til = DatoField(label="Sidste dag")
        rolle = forms.ChoiceField(label="Rolle", choices=SVAR, widget=forms.RadioSelect)
        art = forms.ChoiceField(label="Art", choices=SVAR, widget=forms.RadioSelect)

    data = {
        "navn": "for langt",
        "note": "\0",
        "email": "vrøvl",
        "antal": "-1",
        "uger": "53",
        "dage": "to",
        "fra": "0001-01-01",
    }
    form = Vrovl(data | {"til": "i morgen", "art": "måske"})
    assert [message for field in form for message in field.messages] == [
        "“Navn” må højst være på 5 tegn. Nu er det 9",
        "Nul-tegn kan ikke gemmes. Skriv “Note” igen uden",
        "Skriv e-mailadressen som navn@eksempel.dk",
        "“Antal” skal være 0 eller mere",
        "“Uger” skal være 52 eller mindre",
        "Skriv et helt tal i “Dage”",
        "Vælg en dato fra 2000 til 2099 i “Første dag”",
        "Skriv “Sidste dag” som dag, måned og år, fx 01-09-2027. Dagen skal findes i kalenderen",
        "Vælg i “Rolle”",
        "Vælg igen i “Art”",
    ]


def test_error_summary_stands_first_and_leads_to_the_fields():
    html = str(Proeve({}, {}))
    page = Tags(html)
    targets = [attrs["href"].removeprefix("#") for tag, attrs in page.tags if tag == "a"]
    assert html.index("fejlliste") < html.index("form-group")
    assert len(targets) == 6
    assert set(targets) <= page.ids()
    assert "id_svar_0" in targets  # the first radio button: a group cannot take focus


def test_errors_and_hints_are_tied_to_their_field():
    page = drawn({})
    (navn,) = page.named("navn")
    assert navn["aria-invalid"] == "true"
    assert navn["aria-describedby"] == "id_navn_error"
    assert page.named("note")[0]["aria-describedby"] == "id_note_helptext"
    for _, attrs in page.tags:
        assert set(attrs.get("aria-describedby", "").split()) <= page.ids()


def test_an_error_of_the_whole_form_is_shown():
    class Streng(forms.Form):
        def clean(self):
            raise forms.ValidationError("Eleven har allerede et ophold i perioden.")

    assert "Eleven har allerede et ophold i perioden." in str(Streng({}))


def test_every_id_is_written_once():
    page = drawn({})
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_hidden_fields_are_neither_labelled_nor_lost():
    (version,) = drawn().named("version")
    assert (version["type"], version["value"]) == ("hidden", "3")


def test_twenty_four_questions_are_drawn_fast():
    questions = {
        f"q{n}": forms.ChoiceField(
            label="Trives du?", choices=[(str(i), f"Svar {i}") for i in range(5)], widget=forms.RadioSelect
        )
        for n in range(24)
    }
    form = type("Skema", (forms.Form,), questions)
    str(form())  # the templates are compiled once

    def seconds():
        start = time.process_time()
        str(form())
        return time.process_time() - start

    assert min(seconds() for _ in range(10)) < 0.020


@pytest.mark.parametrize(
    "text", ["2027-09-01", "01-09-2027", "1-9-2027", "1.9.2027", "1/9-27", "1/9 2027", " 01/09/27 "]
)
def test_a_date_is_read_as_people_write_it_and_as_the_message_says(text):
    assert DatoField().clean(text) == date(2027, 9, 1)


@pytest.mark.parametrize("text", ["31-02-2027", "29-02-2027", "1. sept. 2027", "09-2027", "1999-12-31", "01-09-2127"])
def test_a_day_that_is_none_is_refused(text):
    with pytest.raises(forms.ValidationError):
        DatoField().clean(text)


class Filterproeve(ListeFilter):
    q = soegefelt("Navn")
    status = forms.ChoiceField(choices=[("nu", "Nuværende"), ("alle", "Alle")], required=False)
    fra = DatoField(required=False)
    sort = forms.ChoiceField(choices=[("navn", "Navn"), ("hold", "Hold")], required=False)


def test_a_filter_counts_what_narrows_the_list_and_not_the_order_or_what_cannot_be():
    counted = [
        ({}, 0, False),
        ({"status": "nu", "sort": "hold"}, 0, False),
        ({"q": "Åse"}, 0, True),
        ({"status": "alle", "fra": "01-09-2027"}, 2, True),
        ({"status": "findes ikke", "fra": "31-02-2027"}, 0, False),
    ]
    for chosen, many, used in counted:
        form = Filterproeve(chosen)
        assert (form.antal_valgte, form.er_brugt) == (many, used), chosen
    assert form.soegning.name == "q" and [field.name for field in form.valg] == ["status", "fra", "sort"]
