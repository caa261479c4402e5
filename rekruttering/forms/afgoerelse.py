from datetime import timedelta
from uuid import uuid4, uuid5

from django import forms

from afdelinger.models import Bruger, Maalsaet, Rolle
from elevforloeb.core.dates import today
from elevforloeb.core.forms import DatoField
from elevforloeb.models import Hold
from rekruttering.models import Ansoegning, Tilbagetraekning, Tilbud


class TilbudForm(forms.Form):
    frist = DatoField(label="Svar senest", help_text="Ansøgeren kan svare hele den dag.")


class SvarForm(forms.Form):
    svar = forms.ChoiceField(
        label="Vil du have pladsen?",
        choices=[(Tilbud.Svar.JA, "Ja tak, jeg vil gerne have pladsen"), (Tilbud.Svar.NEJ, "Nej tak")],
        widget=forms.RadioSelect,
    )


class TilbagetraekningForm(forms.Form):
    dag = DatoField(label="Hvornår sagde ansøgeren det?", initial=today)
    maade = forms.ChoiceField(label="Hvordan?", choices=Tilbagetraekning.Maade.choices, widget=forms.RadioSelect)


class AnsaetForm(forms.Form):
    """What the agreement needs is asked now, after the offer, and not in the application."""

    hold = forms.ModelChoiceField(label="Hold", queryset=Hold.objects.none())
    maalsaet = forms.ModelChoiceField(label="Målsæt", queryset=Maalsaet.objects.all())
    voksenelev = forms.BooleanField(
        label="Eleven er 25 år eller mere ved start",
        required=False,
        help_text="Spørg nu: det har betydning for løn, skoleuger og AUB. Der må ikke spørges i ansøgningen.",
    )
    buddy = forms.ModelChoiceField(
        label="Buddy", queryset=Bruger.objects.none(), required=False, help_text="En nuværende elev, der tager imod."
    )
    inviter = forms.BooleanField(
        label="Send en invitation til at logge ind nu", required=False, help_text="Den kan også sendes senere."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        day = today()
        self.fields["hold"].queryset = Hold.objects.filter(startdato__gt=day - timedelta(days=60))
        elever = Bruger.objects.filter(rolletildelinger__rolle=Rolle.ELEV, rolletildelinger__periode__contains=day)
        self.fields["buddy"].queryset = elever.distinct().order_by("sortering")


class BrevForm(forms.Form):
    emne = forms.CharField(label="Emne", max_length=120, help_text="Uden navne. Emnet kan ses af andre på en telefon.")
    tekst = forms.CharField(
        label="Brev",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="{fornavn}, {nummer} og {runde} bliver udfyldt for hver.",
    )


class StillWaiting(forms.ModelMultipleChoiceField):
    """Who has got a letter or moved since the page was shown is left out, and does not stop the others'."""

    def clean(self, value):
        numbers = [each for each in value or [] if str(each).isdecimal() and len(str(each)) < 10]
        found = self.queryset.filter(pk__in=numbers)
        if self.required and not found:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return found


class BreveForm(BrevForm):
    ansoegning = StillWaiting(
        label="Hvem skal have brevet?",
        queryset=Ansoegning.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Sæt kryds ved dem, der skal have brevet."},
    )
    field_order = ["ansoegning", "emne", "tekst"]

    def __init__(self, *args, ansoegninger, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["ansoegning"]
        field.queryset = ansoegninger
        field.label_from_instance = lambda each: f"{each.navn} (nr. {each.nummer})"


class BeskederForm(BreveForm):
    """`udsendelse`: what is sent once, however often it is pressed. Other words are another message."""

    udsendelse = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean(self):
        values = super().clean()
        if "udsendelse" in values:
            words = f"{values.get('emne')}\n{values.get('tekst')}"
            values["udsendelse"] = uuid5(values["udsendelse"], words)
        return values


class BegrundelseForm(forms.Form):
    begrundelse = forms.CharField(
        label="Begrundelse",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Hvad der blev lagt vægt på, og hvilke oplysninger I brugte. Kilde: forvaltningsloven §§ 22-24.",
    )


class PunktForm(forms.Form):
    tekst = forms.CharField(label="Hvad skal gøres?", max_length=200)
    frist = DatoField(label="Senest")
