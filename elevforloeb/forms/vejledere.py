"""An elevvejleder for each stay that has none."""

from django import forms

from elevforloeb.queries.vejledere import Manglende


class VejledereForm(forms.Form):
    """One list per stay, named by the key of the stay. Whose turn it is, is chosen beforehand."""

    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, data=None, *, ophold: list[Manglende], was: str):
        super().__init__(data, initial={"was": was})
        self.ophold = ophold
        for each in ophold:
            self.fields[each.noegle] = _choice(each)

    def clean(self):
        """As services.plan.choose_vejledere takes it."""
        data = super().clean()
        chosen = {each.noegle: who for each in self.ophold if (who := data.get(each.noegle))}
        return {"was": data.get("was", ""), "valg": chosen}

    @property
    def raekker(self):
        return [(each, self[each.noegle]) for each in self.ophold]

    def renew(self, was: str) -> None:
        """After a conflict the next save is made knowing what the other person did."""
        self.data = self.data.copy()
        self.data["was"] = was


def _choice(each: Manglende) -> forms.Field:
    label = f"Elevvejleder til {each.elev.navn} i {each.afdeling.kortnavn} {each.periode}"
    words = "Vælg en elevvejleder til {} fra listen. Rollerne i {} kan være ændret."
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        empty_value=None,
        required=False,
        initial=each.tur,
        choices=[("", "Vælg senere"), *each.valg],
        widget=forms.Select(attrs={"aria-label": label}),
        error_messages={"invalid_choice": words.format(each.elev.navn, each.afdeling.kortnavn)},
    )
