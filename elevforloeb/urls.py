from django.urls import path

from .views.elevansvarlig import elever as aftale
from .views.elevansvarlig import hold, nye_elever, skole
from .views.faelles import elever, kalender

urlpatterns = [
    path("hold/", hold.hold_liste, name="hold_liste"),
    path("hold/nyt/", hold.hold_nyt, name="hold_nyt"),
    path("hold/<int:pk>/", hold.hold, name="hold"),
    path("hold/<int:pk>/ret/", hold.hold_ret, name="hold_ret"),
    path("hold/<int:pk>/slet/", hold.hold_slet, name="hold_slet"),
    path("hold/<int:pk>/elever/nye/", nye_elever.hold_elever_nye, name="hold_elever_nye"),
    path("hold/<int:pk>/elever/indsaet/", nye_elever.hold_elever_indsaet, name="hold_elever_indsaet"),
    path("hold/<int:pk>/skole/", skole.hold_skole, name="hold_skole"),
    path("hold/<int:pk>/skole/kopier/", skole.hold_skole_kopier, name="hold_skole_kopier"),
    path("elever/", elever.elever, name="elever"),
    path("elever/excel/", elever.elever_excel, name="elever_excel"),
    path("elever/<int:pk>/", elever.elev, name="elev"),
    path("elever/<int:pk>/pdf/", elever.forloeb_pdf, name="forloeb_pdf"),
    path("elever/<int:pk>/excel/", elever.forloeb_excel, name="forloeb_excel"),
    path("elever/<int:pk>/ret/", aftale.elev_ret, name="elev_ret"),
    path("elever/<int:pk>/forlaeng/", aftale.elev_forlaeng, name="elev_forlaeng"),
    path("elever/<int:pk>/stop/", aftale.elev_stop, name="elev_stop"),
    path("elever/<int:pk>/genoptag/", aftale.elev_genoptag, name="elev_genoptag"),
    path("elever/<int:pk>/fjern/", aftale.elev_fjern, name="elev_fjern"),
    path("elever/<int:pk>/inviter/", aftale.elev_inviter, name="elev_inviter"),
    path("elever/<int:pk>/kalender/ny/", kalender.kalender_ny, name="kalender_ny"),
    path("kalender/<int:pk>/ret/", kalender.kalender_ret, name="kalender_ret"),
    path("kalender/<int:pk>/slet/", kalender.kalender_slet, name="kalender_slet"),
]
