from django import forms

from afdelinger.models import Maalsaet
from elevforloeb.core.forms import DatoField, VersionForm
from elevforloeb.models import Hold

FIRST_ROWS, MORE_ROWS, MOST_ROWS = 6, 6, 60


class HoldForm(forms.ModelForm):
    startdato = DatoField(label="Startdato", help_text="Den dag, eleverne begynder. Ofte den 1. september.")

    class Meta:
        model = Hold
        fields = ["navn", "startdato", "model"]
        labels = {"model": "Uddannelsesmodel"}
        help_texts = {"model": "Modellen siger, hvor mange ophold der er, og hvor lange de er."}
        error_messages = {"navn": {"unique": "Der er allerede et hold med det navn. Skriv et andet."}}


class RetHoldForm(VersionForm, HoldForm):
    pass


class ElevRaekkeForm(forms.Form):
    """One elev: a row of the form, or a line that was pasted."""

    navn = forms.CharField(label="Navn", max_length=120)
    email = forms.EmailField(label="E-mail", max_length=254)
    telefon = forms.CharField(label="Telefon", max_length=30, required=False)
    voksenelev = forms.BooleanField(label="25 år eller mere ved start", required=False)

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class _Raekker(forms.BaseFormSet):
    def clean(self):
        """The same address twice: the second row is told."""
        seen = set()
        for form in self.forms:
            email = form.cleaned_data.get("email") if form.is_valid() and form.has_changed() else None
            if email in seen:
                form.add_error("email", "E-mailen står også i en anden række. Ret en af dem.")
            elif email:
                seen.add(email)


ElevRaekker = forms.formset_factory(
    ElevRaekkeForm, formset=_Raekker, extra=FIRST_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)


class TilfoejForm(forms.Form):
    """What is the same for all of the new elever."""

    maalsaet = forms.ModelChoiceField(Maalsaet.objects.all(), label="Målsæt", empty_label=None)
    invitation = forms.ChoiceField(
        label="Invitation til at logge ind",
        choices=[("senere", "Send den senere"), ("nu", "Send den nu, når eleverne er oprettet")],
        widget=forms.RadioSelect,
        initial="senere",
    )

    @property
    def inviter(self) -> bool:
        return self.cleaned_data["invitation"] == "nu"
