from django import forms

from elevforloeb.core.dates import today
from elevforloeb.core.files.fields import FilFelt
from elevforloeb.core.forms import DatoField
from skoleophold.models import Skoleperiode
from skoleophold.uses import BEVIS


class BilagForm(forms.Form):
    fil = FilFelt(label="Fil", use=BEVIS)


class IndkaldelseForm(forms.Form):
    """The day alone will do: some schools send it where it cannot be saved."""

    indkaldt = DatoField(label="Dagen, den kom")
    fil = FilFelt(label="Skolens indkaldelse", use=BEVIS, required=False)

    @classmethod
    def of(cls, row: Skoleperiode, data=None, files=None) -> "IndkaldelseForm":
        return cls(data, files, initial={"indkaldt": row.indkaldt or today()})
