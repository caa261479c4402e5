from django.urls import path

from .views.elevansvarlig import sag
from .views.faelles import ansoegere
from .views.offentlig import partshoering

urlpatterns = [
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
