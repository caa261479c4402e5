from django import forms

from rekruttering.vejviser import ANDET, FAERDIG, RKV, RKV_KODE


class VejForm(forms.Form):
    """Sent by GET: nothing is kept, and the answer can be shared as a link."""

    vej = forms.ChoiceField(label="Hvad har du, eller er du i gang med?", widget=forms.RadioSelect)
    rkv = forms.ChoiceField(
        label="Har du en realkompetencevurdering (rkv) fra en handelsskole, eller skal du have en?",
        choices=RKV,
        widget=forms.RadioSelect,
        help_text="En vurdering af, hvad du allerede kan. Kommer du lige fra skolen, skal du som regel ikke have en.",
    )
    faerdig = forms.ChoiceField(
        label="Er du færdig med det, du mangler, før du begynder hos os?", choices=FAERDIG, widget=forms.RadioSelect
    )

    def __init__(self, *args, veje, start, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(each.kode, each.navn) for each in veje if each.kode != RKV_KODE]
        self.fields["vej"].choices = [*choices, (ANDET, "Noget andet, eller jeg ved det ikke")]
        if start:
            self.fields["faerdig"].label = f"Er du færdig med det, du mangler, før {start}?"
