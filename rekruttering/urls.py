from django.urls import path

from .views.elevansvarlig import afgoerelse, sag
from .views.faelles import ansoegere
from .views.offentlig import svar

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
    path("ansoegere/bilag/<int:pk>/", ansoegere.ansoeger_fil, name="ansoeger_fil"),
    path("ansoegere/referencer/<int:pk>/", sag.reference_skriv, name="reference_skriv"),
    path("ansoegere/partshoeringer/<int:pk>/", sag.partshoering_send, name="partshoering_send"),
    path("rekruttering/<int:pk>/breve/", afgoerelse.breve, name="breve"),
    path("rekruttering/<int:pk>/breve/stop/", afgoerelse.breve_stop, name="breve_stop"),
    path("rekruttering/breve/<slug:art>/", afgoerelse.brevskabelon, name="brevskabelon"),
    path("ansoegere/<int:pk>/tilbud/", afgoerelse.tilbud_giv, name="tilbud_giv"),
    path("ansoegere/<int:pk>/ansaet/", afgoerelse.ansaet, name="ansaet"),
    path("ansoegere/tilbud/<int:pk>/traek/", afgoerelse.tilbud_traek, name="tilbud_traek"),
    path("ansoegere/breve/<int:pk>/begrundelse/", afgoerelse.begrundelse, name="begrundelse"),
    path("elever/<int:pk>/foer-start/", afgoerelse.opstart, name="opstart"),
    path("foer-start/<int:pk>/", afgoerelse.opstart_kryds, name="opstart_kryds"),
    path("ansoegning/<str:token>/partshoering/", svar.partshoering_svar, name="partshoering_svar"),
    path("ansoegning/<str:token>/tilbud/", svar.tilbud_svar, name="tilbud_svar"),
    path("ansoegning/<str:token>/brev/", svar.brev, name="brev"),
    path("ansoegning/<str:token>/brev/pdf/", svar.brev_pdf, name="brev_pdf"),
    path("ansoegning/<str:token>/brev/begrundelse/", svar.brev_begrundelse, name="brev_begrundelse"),
]
