from django.urls import path

from .views.elev.erklaering import erklaering_set
from .views.elevansvarlig import erklaering as erklaering_til_skolen
from .views.faelles import erklaeringer

urlpatterns = [
    # --- declarations to the school
    path("erklaeringer/", erklaeringer.erklaeringer, name="erklaeringer"),
    path("erklaeringer/<int:pk>/", erklaeringer.erklaering, name="erklaering"),
    path("erklaeringer/<int:pk>/pdf/", erklaeringer.erklaering_pdf, name="erklaering_pdf"),
    path("erklaeringer/<int:pk>/tilbage/", erklaeringer.erklaering_tilbage, name="erklaering_tilbage"),
    path("erklaeringer/<int:pk>/set/", erklaering_set, name="erklaering_set"),
    path("erklaeringer/<int:pk>/underskriv/", erklaering_til_skolen.erklaering_underskriv, name="erklaering_underskriv"),
    path("erklaeringer/<int:pk>/afleveret/", erklaering_til_skolen.erklaering_afleveret, name="erklaering_afleveret"),
    path("erklaeringer/<int:pk>/bortfald/", erklaering_til_skolen.erklaering_bortfald, name="erklaering_bortfald"),
]
