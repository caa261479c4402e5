from django.urls import path

from .views.elevansvarlig import evalueringer as ansvarlig
from .views.faelles import evaluering, evalueringer, skridt, svar

urlpatterns = [
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
]
