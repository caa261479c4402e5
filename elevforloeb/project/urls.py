from django.urls import include, path
from django.views.generic import RedirectView

from .views import demo, drift, faelles

urlpatterns = [
    path("", faelles.forside, name="forside"),
    path("konto/demo/<slug:rolle>/", demo.demo_log_ind, name="demo_log_ind"),
    # An address is changed by those who govern accounts, never by the person: the way to one's rights goes through it.
    path("konto/email/", RedirectView.as_view(pattern_name="profil"), name="account_email"),
    path("konto/", include("allauth.urls")),
    path("", include("afdelinger.urls")),
    path("", include("elevforloeb.urls")),
    path("sundhed/", drift.sundhed, name="sundhed"),
    path("klar/", drift.klar, name="klar"),
]
