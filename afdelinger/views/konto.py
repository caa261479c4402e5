"""A person's own page. Open to whoever is logged in, also without a role."""

from django.contrib import messages
from django.forms import model_to_dict
from django.shortcuts import redirect, render

from afdelinger import forms, services
from afdelinger.models import Bruger
from elevforloeb.core.dates import today
from elevforloeb.core.errors import accepted, status_of


def profil(request):
    # A copy: the frame shows the name of request.user, which a form with errors must not change.
    person = Bruger.objects.get(pk=request.user.pk)
    form = forms.ProfilForm(request.POST or None, initial=model_to_dict(person, ["navn", "telefon", "stilling"]))
    if request.method == "POST" and accepted(form, services.update_bruger, actor=request.user, bruger=person):
        messages.success(request, "Dine oplysninger er gemt.")
        return redirect("profil")
    roller = person.rolletildelinger.on(today()).select_related("afdeling")
    return render(request, "afdelinger/profil.html", {"form": form, "roller": roller}, status=status_of(form))
