from django.urls import path

from .views.elev.erklaering import erklaering_set
from .views.elevansvarlig import erklaering as erklaering_til_skolen
from .views.elevansvarlig import skema, skemadele
from .views.faelles import erklaeringer

urlpatterns = [
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
    # --- declarations to the school
    path("erklaeringer/", erklaeringer.erklaeringer, name="erklaeringer"),
    path("erklaeringer/<int:pk>/", erklaeringer.erklaering, name="erklaering"),
    path("erklaeringer/<int:pk>/pdf/", erklaeringer.erklaering_pdf, name="erklaering_pdf"),
    path("erklaeringer/<int:pk>/tilbage/", erklaeringer.erklaering_tilbage, name="erklaering_tilbage"),
    path("erklaeringer/<int:pk>/set/", erklaering_set, name="erklaering_set"),
    path(
        "erklaeringer/<int:pk>/underskriv/", erklaering_til_skolen.erklaering_underskriv, name="erklaering_underskriv"
    ),
    path("erklaeringer/<int:pk>/afleveret/", erklaering_til_skolen.erklaering_afleveret, name="erklaering_afleveret"),
    path("erklaeringer/<int:pk>/bortfald/", erklaering_til_skolen.erklaering_bortfald, name="erklaering_bortfald"),
]
