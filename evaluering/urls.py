from django.urls import path

from .views.elev.delinger import evaluering_delinger
from .views.elev.erklaering import erklaering_set
from .views.elevansvarlig import dokumenter as journal
from .views.elevansvarlig import erklaering as til_skolen
from .views.elevansvarlig import evalueringer as ansvarlig
from .views.elevansvarlig import samlinger, skema, skemadele
from .views.elevansvarlig.maal import maalmatrix_hold
from .views.faelles import (
    billede,
    dokumenter,
    erklaeringer,
    evaluering,
    evalueringer,
    maal,
    paamindelser,
    skridt,
    svar,
    udvikling,
)

urlpatterns = [
    path("profil/paamindelser/", paamindelser.paamindelser, name="paamindelser"),
    path("skemaer/", skema.skemaer, name="skemaer"),
    path("skemaer/<slug:art>/ny/", skema.skema_ny, name="skema_ny"),
    path("skemaer/<int:pk>/", skema.skema, name="skema"),
    path("skemaer/<int:pk>/ret/", skema.skema_ret, name="skema_ret"),
    path("skemaer/<int:pk>/vis/", skema.skema_vis, name="skema_vis"),
    path("skemaer/<int:pk>/udgiv/", skema.skema_udgiv, name="skema_udgiv"),
    path("skemaer/<int:pk>/kasser/", skema.skema_kasser, name="skema_kasser"),
    path("skemaer/<int:pk>/afsnit/ny/", skemadele.skema_afsnit_ny, name="skema_afsnit_ny"),
    path("skemaer/<int:pk>/skalaer/ny/", skemadele.skema_skala_ny, name="skema_skala_ny"),
    path("skemaer/afsnit/<int:pk>/", skemadele.skema_afsnit, name="skema_afsnit"),
    path("skemaer/afsnit/<int:pk>/spoergsmaal/", skemadele.skema_spoergsmaal_ny, name="skema_spoergsmaal_ny"),
    path("skemaer/spoergsmaal/<int:pk>/", skemadele.skema_spoergsmaal, name="skema_spoergsmaal"),
    path("skemaer/skalaer/<int:pk>/", skemadele.skema_skala, name="skema_skala"),
    path("skemaer/dele/<slug:del_>/<int:pk>/", skemadele.skema_del, name="skema_del"),
    path("evaluering/", evalueringer.evalueringer, name="evalueringer"),
    path("evaluering/excel/", ansvarlig.evalueringer_excel, name="evalueringer_excel"),
    path("evaluering/<int:pk>/", evaluering.evaluering, name="evaluering"),
    path("evaluering/<int:pk>/skema/", evaluering.evaluering_skema, name="evaluering_skema"),
    path("evaluering/<int:pk>/begynd/", skridt.evaluering_begynd, name="evaluering_begynd"),
    path("evaluering/<int:pk>/svar/", svar.evaluering_svar, name="evaluering_svar"),
    path("evaluering/<int:pk>/del/", skridt.evaluering_del, name="evaluering_del"),
    path("evaluering/<int:pk>/aabn/", skridt.evaluering_aabn, name="evaluering_aabn"),
    path("evaluering/<int:pk>/overtag/", skridt.evaluering_overtag, name="evaluering_overtag"),
    path("evaluering/<int:pk>/moede/", skridt.evaluering_moede, name="evaluering_moede"),
    path("evaluering/<int:pk>/udsaet/", skridt.evaluering_udsaet, name="evaluering_udsaet"),
    path("evaluering/<int:pk>/underskriv/", evaluering.evaluering_underskriv, name="evaluering_underskriv"),
    path("evaluering/<int:pk>/bortfald/", ansvarlig.evaluering_bortfald, name="evaluering_bortfald"),
    path("evaluering/<int:pk>/kvitter-for/", ansvarlig.evaluering_kvitter_for, name="evaluering_kvitter_for"),
    path("evaluering/<int:pk>/ret/", ansvarlig.evaluering_ret, name="evaluering_ret"),
    path("evaluering/<int:pk>/pdf/", dokumenter.evaluering_pdf, name="evaluering_pdf"),
    path("dokumenter/kontrol/", dokumenter.dokumentkontrol, name="dokumentkontrol"),
    path("dokumenter/<int:pk>/", dokumenter.dokument, name="dokument"),
    path("dokumenter/<int:pk>/pdf/", dokumenter.dokument_pdf, name="dokument_pdf"),
    path("dokumenter/<int:pk>/journaliser/", journal.dokument_journaliser, name="dokument_journaliser"),
    # --- between the evaluations
    path("udvikling/<int:pk>/", udvikling.udvikling, name="udvikling"),
    path("udvikling/<int:pk>/note/", udvikling.dialognote_ny, name="dialognote_ny"),
    path("udvikling/note/<int:pk>/fjern/", udvikling.dialognote_fjern, name="dialognote_fjern"),
    path("udvikling/<int:pk>/maal/", maal.maalmatrix, name="udvikling_maal"),
    path("udvikling/hold/<int:pk>/maal/", maalmatrix_hold, name="hold_maal"),
    path("evaluering/delinger/", evaluering_delinger, name="evaluering_delinger"),
    path("hold/<int:pk>/dokumenter/", samlinger.hold_dokumenter, name="hold_dokumenter"),
    path("elever/<int:pk>/evalueringer/", evalueringer.elev_evalueringer, name="elev_evalueringer"),
    path("elever/<int:pk>/erklaeringer/", erklaeringer.elev_erklaeringer, name="elev_erklaeringer"),
    path("elever/<int:pk>/dokumenter/", samlinger.elev_dokumenter, name="elev_dokumenter"),
    path("samlinger/<int:pk>/", samlinger.samling, name="samling"),
    path("samlinger/<int:pk>/stop/", samlinger.samling_stop, name="samling_stop"),
    path("samlinger/<int:pk>/hent/", samlinger.samling_hent, name="samling_hent"),
    path("afdelinger/<slug:kode>/billede/", billede.afdeling_billede, name="afdeling_billede"),
    # --- declarations to the school
    path("erklaeringer/", erklaeringer.erklaeringer, name="erklaeringer"),
    path("erklaeringer/<int:pk>/", erklaeringer.erklaering, name="erklaering"),
    path("erklaeringer/<int:pk>/pdf/", erklaeringer.erklaering_pdf, name="erklaering_pdf"),
    path("erklaeringer/<int:pk>/tilbage/", erklaeringer.erklaering_tilbage, name="erklaering_tilbage"),
    path("erklaeringer/<int:pk>/set/", erklaering_set, name="erklaering_set"),
    path("erklaeringer/<int:pk>/underskriv/", til_skolen.erklaering_underskriv, name="erklaering_underskriv"),
    path("erklaeringer/<int:pk>/afleveret/", til_skolen.erklaering_afleveret, name="erklaering_afleveret"),
    path("erklaeringer/<int:pk>/bortfald/", til_skolen.erklaering_bortfald, name="erklaering_bortfald"),
    path("billeder/", billede.afdeling_billeder, name="afdeling_billeder"),
]
