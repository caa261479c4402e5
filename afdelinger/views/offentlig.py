"""The invitation: pages for people who cannot log in yet."""

from allauth.account.forms import LoginForm
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from afdelinger import forms, services
from afdelinger.models import Invitation
from afdelinger.services.invitationer import find_invitation
from elevforloeb.core.errors import accepted, status_of

IN_SESSION = "invitation"


@login_not_required
@never_cache
def invitation_link(request, token):
    """The link in the mail. Goes on to a page without the key in its address, so that no Referer holds it."""
    found = find_invitation(token)
    if not request.user.is_authenticated:
        request.session[IN_SESSION] = found.pk if found else None
    return redirect("invitation")


@login_not_required
@never_cache
@sensitive_post_parameters()
def invitation(request):
    if request.user.is_authenticated:
        return render(request, "afdelinger/invitation_logget_ind.html")
    pk = request.session.get(IN_SESSION)
    found = Invitation.objects.select_related("bruger").filter(pk=pk).first() if pk else None
    if found is None or not found.kan_bruges:
        return unusable(request, found)
    form = forms.AdgangskodeForm(request.POST or None)
    if request.method == "POST" and accepted(form, accept, invitation=found):
        del request.session[IN_SESSION]
        messages.success(request, "Din adgangskode er gemt.")
        return log_in(request, found.bruger, form.cleaned_data["adgangskode"])
    return render(request, "afdelinger/invitation.html", {"form": form, "invitation": found}, status=status_of(form))


def accept(*, invitation, adgangskode, gentag):
    services.accept_invitation(invitation.bruger, invitation=invitation, adgangskode=adgangskode)


def log_in(request, person, adgangskode):
    """By the log-in form itself, so that its limits, signals and list of sessions count here too.

    It says no after too many wrong attempts at this address. Then the person logs in when the wait is over.
    """
    form = LoginForm({"login": person.email, "password": adgangskode}, request=request)
    return form.login(request) if form.is_valid() else redirect("account_login")


def unusable(request, found):
    used = found is not None and found.bruger.has_usable_password()
    context = {"brugt": used, "tilstand": found.tilstand if found else "ukendt", "form": forms.NyInvitationForm()}
    return render(request, "afdelinger/invitation_ugyldig.html", context, status=410 if found else 404)


@login_not_required
@never_cache
def invitation_ny(request):
    """The answer is the same whether the address is known or not."""
    form = forms.NyInvitationForm(request.POST or None)
    if request.method == "POST" and accepted(form, services.request_invitation):
        return render(request, "afdelinger/invitation_bestilt.html")
    context = {"form": form, "tilstand": "ny"}
    return render(request, "afdelinger/invitation_ugyldig.html", context, status=status_of(form))
