from django.urls import include, path
from django.views.generic import RedirectView

from .views import demo, drift, faelles
from .views.elevansvarlig import log, sletning

urlpatterns = [
    path("", faelles.forside, name="forside"),
    path("konto/demo/<slug:rolle>/", demo.demo_log_ind, name="demo_log_ind"),
    # An address is changed by those who govern accounts, never by the person: the way to one's rights goes through it.
    path("konto/email/", RedirectView.as_view(pattern_name="profil"), name="account_email"),
    path("konto/", include("allauth.urls")),
    path("", include("afdelinger.urls")),
    path("", include("elevforloeb.urls")),
    path("", include("evaluering.urls")),
    path("", include("skoleophold.urls")),
    path("", include("rekruttering.urls")),
    path("soeg/", faelles.soeg, name="soeg"),
    path("udbakke/", faelles.udbakke, name="udbakke"),
    path("udbakke/<int:pk>/proev-igen/", faelles.udbakke_proev_igen, name="udbakke_proev_igen"),
    path("opslag/", log.opslag, name="opslag"),
    path("profil/oplysninger/", faelles.mine_oplysninger, name="mine_oplysninger"),
    path("opslag/mine/", faelles.mine_opslag, name="mine_opslag"),
    path("haendelser/", log.haendelser, name="haendelser"),
    path("sletning/", sletning.sletning, name="sletning"),
    path("sletning/bekraeft/", sletning.sletning_bekraeft, name="sletning_bekraeft"),
    path("sletning/<int:pk>/", sletning.sletning_person, name="sletning_person"),
    path("sletning/<int:pk>/udsaet/", sletning.sletning_udsaet, name="sletning_udsaet"),
    path("sletning/<int:pk>/ophaev/", sletning.sletning_ophaev, name="sletning_ophaev"),
    path("postkasse/", demo.postkasse, name="postkasse"),
    path("postkasse/<int:pk>/", demo.postkasse_mail, name="postkasse_mail"),
    path("sundhed/", drift.sundhed, name="sundhed"),
    path("klar/", drift.klar, name="klar"),
]
