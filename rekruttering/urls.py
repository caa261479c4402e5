from django.urls import path

from .views.elevansvarlig import sag
from .views.faelles import ansoegere
from .views.offentlig import ansoegning, begynd, bilag, min_ansoegning, partshoering

# The applicant's own pages. The link is a key: elevforloeb/project/logs.py keeps it out of the logs.
LINK = "ansoegning/<str:token>/"
ANSOEGER = [
    path("ansoeg/<slug:slug>/", begynd.ansoeg, name="ansoeg"),
    path("ansoegning/link/", begynd.ansoegning_link, name="ansoegning_link"),
    path("besked/", begynd.interesse, name="interesse"),
    path("besked/<str:token>/", begynd.interesse_bekraeft, name="interesse_bekraeft"),
    path(LINK, min_ansoegning.min_ansoegning, name="min_ansoegning"),
    path(f"{LINK}trin/<slug:trin>/", ansoegning.ansoegning_trin, name="ansoegning_trin"),
    path(f"{LINK}filer/", bilag.ansoegning_filer, name="ansoegning_filer"),
    path(f"{LINK}filer/<int:pk>/", bilag.ansoegning_fil, name="ansoegning_fil"),
    path(f"{LINK}filer/<int:pk>/fjern/", bilag.ansoegning_fil_fjern, name="ansoegning_fil_fjern"),
    path(f"{LINK}send/", ansoegning.ansoegning_send, name="ansoegning_send"),
    path(f"{LINK}kvittering/", ansoegning.ansoegning_kvittering, name="ansoegning_kvittering"),
    path(f"{LINK}senere/", min_ansoegning.ansoegning_senere, name="ansoegning_senere"),
    path(f"{LINK}traek/", min_ansoegning.ansoegning_traek, name="ansoegning_traek"),
    path(f"{LINK}data/", min_ansoegning.ansoegning_data, name="ansoegning_data"),
    path(f"{LINK}nyt-link/", min_ansoegning.ansoegning_nyt_link, name="ansoegning_nyt_link"),
    path(f"{LINK}kontakt/", min_ansoegning.ansoegning_kontakt, name="ansoegning_kontakt"),
]

urlpatterns = [
    *ANSOEGER,
    path("rekruttering/<int:pk>/ansoegere/", ansoegere.ansoegere, name="ansoegere"),
    path("rekruttering/<int:pk>/ansoegere/flyt/", sag.ansoegninger_flyt, name="ansoegninger_flyt"),
    path("rekruttering/<int:pk>/inhabilitet/", ansoegere.inhabilitet, name="inhabilitet"),
    path("ansoegere/<int:pk>/", ansoegere.ansoeger, name="ansoeger"),
    path("ansoegere/<int:pk>/bedoemmelse/", ansoegere.bedoemmelse, name="bedoemmelse"),
    path("ansoegere/<int:pk>/bedoemmelse/tilbage/", ansoegere.bedoemmelse_tilbage, name="bedoemmelse_tilbage"),
    path("ansoegere/<int:pk>/notat/", ansoegere.notat_ny, name="notat_ny"),
    path("ansoegere/<int:pk>/inhabil/", ansoegere.inhabil_nu, name="inhabil_nu"),
    path("ansoegere/<int:pk>/flyt/", sag.ansoegning_flyt, name="ansoegning_flyt"),
    path("ansoegere/<int:pk>/reference/", sag.reference_ny, name="reference_ny"),
    path("ansoegere/<int:pk>/partshoering/", sag.partshoering_ny, name="partshoering_ny"),
    path("ansoegere/<int:pk>/fortrinsadgang/", sag.fortrinssag, name="fortrinssag"),
    path("ansoegere/bilag/<int:pk>/", ansoegere.ansoegning_bilag, name="ansoegning_bilag"),
    path("ansoegere/referencer/<int:pk>/", sag.reference_skriv, name="reference_skriv"),
    path("ansoegere/partshoeringer/<int:pk>/", sag.partshoering_send, name="partshoering_send"),
    path("ansoegning/<str:token>/partshoering/", partshoering.partshoering_svar, name="partshoering_svar"),
]
