from django import forms

from elevforloeb.core.forms import ListeFilter, soegefelt
from evaluering.queries.liste import FRIST, STATUS


class AfdelingslisteForm(ListeFilter):
    """What a department sees is of few elever: how far and how late is all there is to ask for."""

    q = soegefelt("Søg efter elev")
    status = forms.ChoiceField(label="Status", choices=list(STATUS.items()), required=False)
    frist = forms.ChoiceField(label="Frist", choices=list(FRIST.items()), required=False)

    @property
    def chosen(self) -> dict:
        """The valid choices, with the defaults for the rest. What does not fit is as if it was not chosen."""
        self.is_valid()
        values = {name: value for name, value in self.cleaned_data.items() if value}
        return {"status": next(iter(STATUS)), **values}


class ListeForm(AfdelingslisteForm):
    hold = forms.ChoiceField(label="Hold", required=False)
    afdeling = forms.ChoiceField(label="Afdeling", required=False)
    field_order = ["q", "hold", "afdeling", "status", "frist"]

    def __init__(self, *args, hold, afdelinger, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hold"].choices = [("", "Alle hold"), *hold]
        self.fields["afdeling"].choices = [("", "Alle afdelinger"), *afdelinger]
