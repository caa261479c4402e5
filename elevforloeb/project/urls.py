from django.urls import include, path
from django.views.generic import RedirectView

from .views import demo, drift, offentlig
from .views.elev import bog as min_bog
from .views.elevansvarlig import log, sletning
from .views.faelles import bog
from .views.faelles import sider as faelles
from .views.konto import kalender

handler500 = drift.fejl

urlpatterns = [
    path("", faelles.forside, name="forside"),
    path("konto/demo/<slug:rolle>/", demo.demo_log_ind, name="demo_log_ind"),
    # An address is changed by those who govern accounts, never by the person: the way to one's rights goes through it.
    path("konto/email/", RedirectView.as_view(pattern_name="profil"), name="account_email"),
    path("soeg/", faelles.soeg, name="soeg"),
    path("kalender/", kalender.min_kalender, name="min_kalender"),
    path("kalender/abonnement/", kalender.abonnement, name="min_kalender_abonnement"),
    path("kalender/abonnement/fjern/", kalender.abonnement_fjern, name="min_kalender_fjern"),
    path("kal/<slug:noegle>.ics", offentlig.kalenderfil, name="min_kalender_fil"),
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
    path("elever/<int:pk>/bog/", bog.elev_bog, name="elev_bog"),
    path("boeger/<int:pk>/", bog.bog, name="bog"),
    path("boeger/<int:pk>/stop/", bog.bog_stop, name="bog_stop"),
    path("boeger/<int:pk>/hent/", bog.bog_hent, name="bog_hent"),
    path("boeger/tillad/<slug:hvad>/", min_bog.bog_tillad, name="bog_tillad"),
    path("boeger/fortryd/<slug:hvad>/", min_bog.bog_fortryd, name="bog_fortryd"),
    path("postkasse/", demo.postkasse, name="postkasse"),
    path("postkasse/<int:pk>/", demo.postkasse_mail, name="postkasse_mail"),
    path("sundhed/", drift.sundhed, name="sundhed"),
    path("klar/", drift.klar, name="klar"),
    # After the roof's own pages: a search is not held against the addresses of every app first.
    path("konto/", include("allauth.urls")),
    path("", include("afdelinger.urls")),
    path("", include("elevforloeb.urls")),
    path("", include("evaluering.urls")),
    path("", include("rekruttering.urls")),
    path("", include("skoleophold.urls")),
]
