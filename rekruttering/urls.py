from django.urls import path

from .views.elev import modtagelse
from .views.elevansvarlig import afgoerelse, sag
from .views.elevansvarlig import samtaler as planlaegning
from .views.faelles import ansoegere, samtaler
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
    path("rekruttering/<int:pk>/samtaler/", samtaler.samtaler, name="samtaler"),
    path("rekruttering/<int:pk>/samtaler/tider/", planlaegning.samtaletider_nye, name="samtaletider_nye"),
    path("rekruttering/<int:pk>/samtaler/inviter/", planlaegning.samtaler_inviter, name="samtaler_inviter"),
    path("samtaler/<int:pk>/tid/", planlaegning.samtale_tid, name="samtale_tid"),
    path("samtaler/<int:pk>/aflys/", planlaegning.samtale_aflys, name="samtale_aflys"),
    path("samtaler/<int:pk>/status/", planlaegning.samtale_status, name="samtale_status"),
    path("samtaler/tider/<int:pk>/fjern/", planlaegning.samtaletid_fjern, name="samtaletid_fjern"),
    path("samtaler/dage/<int:pk>/vagt/", planlaegning.samtalevagt_ny, name="samtalevagt_ny"),
    path("samtaler/vagter/<int:pk>/fjern/", planlaegning.samtalevagt_fjern, name="samtalevagt_fjern"),
    path("modtagelse/", modtagelse.modtagelse, name="modtagelse"),
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
    path("ansoegning/<str:token>/samtale/", svar.samtale_vaelg, name="samtale_vaelg"),
    path("ansoegning/<str:token>/tilbud/", svar.tilbud_svar, name="tilbud_svar"),
    path("ansoegning/<str:token>/brev/", svar.brev, name="brev"),
    path("ansoegning/<str:token>/brev/pdf/", svar.brev_pdf, name="brev_pdf"),
    path("ansoegning/<str:token>/brev/begrundelse/", svar.brev_begrundelse, name="brev_begrundelse"),
]
