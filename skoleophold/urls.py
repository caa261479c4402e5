from django.urls import path

from .views.elev import skole as min
from .views.elevansvarlig import aub, indlaesning, opfoelgning, perioder, skolehold
from .views.elevansvarlig import filer as klassefiler
from .views.elevansvarlig import studietur as turene
from .views.faelles import elever, filer, studietur

urlpatterns = [
    path("skole/", skolehold.skole, name="skole"),
    path("skole/hold/nyt/", skolehold.skolehold_nyt, name="skolehold_nyt"),
    path("skole/hold/<int:pk>/", skolehold.skolehold, name="skolehold"),
    path("skole/hold/<int:pk>/ret/", skolehold.skolehold_ret, name="skolehold_ret"),
    path("skole/hold/<int:pk>/slet/", skolehold.skolehold_slet, name="skolehold_slet"),
    path("skole/hold/<int:pk>/elever/", skolehold.skolehold_elever, name="skolehold_elever"),
    path("skole/hold/<int:pk>/kopier/", perioder.skolehold_kopier, name="skolehold_kopier"),
    path("skole/hold/<int:pk>/perioder/ny/", perioder.skoleperiode_ny, name="skoleperiode_ny"),
    path("skole/tilknytninger/<int:pk>/forlad/", skolehold.skolehold_forlad, name="skolehold_forlad"),
    path("skole/perioder/<int:pk>/", perioder.skoleperiode, name="skoleperiode"),
    path("skole/perioder/<int:pk>/ret/", perioder.skoleperiode_ret, name="skoleperiode_ret"),
    path("skole/perioder/<int:pk>/slet/", perioder.skoleperiode_slet, name="skoleperiode_slet"),
    path("skole/perioder/<int:pk>/fremmoede/", perioder.skoleperiode_fremmoede, name="skoleperiode_fremmoede"),
    path("skole/ophold/<int:pk>/", perioder.skoleophold_ret, name="skoleophold_ret"),
    path("skole/indlaes/", indlaesning.skole_indlaes, name="skole_indlaes"),
    path("skole/indlaes/<int:pk>/", indlaesning.indlaesning, name="indlaesning"),
    path("skole/indlaes/<int:pk>/gem/", indlaesning.indlaesning_gem, name="indlaesning_gem"),
    path("skole/indlaes/<int:pk>/kasser/", indlaesning.indlaesning_kasser, name="indlaesning_kasser"),
    path("skole/min/", min.min_skole, name="min_skole"),
    path("skole/min/del/", min.karakterer_del, name="karakterer_del"),
    path("skole/min/del/stop/", min.karakterer_del_stop, name="karakterer_del_stop"),
    path("skole/elever/<int:pk>/", elever.elev_skole, name="elev_skole"),
    path("skole/elever/<int:pk>/karakterer/ny/", elever.karakter_ny, name="karakter_ny"),
    path("skole/elever/<int:pk>/fagvalg/", elever.fagvalg, name="fagvalg"),
    path("skole/karakterer/<int:pk>/ret/", elever.karakter_ret, name="karakter_ret"),
    path("skole/karakterer/<int:pk>/slet/", elever.karakter_slet, name="karakter_slet"),
    path("skole/karakterer/<int:pk>/fulgt-op/", opfoelgning.karakter_fulgt_op, name="karakter_fulgt_op"),
    # --- files
    path("skole/perioder/<int:pk>/indkaldelse/", filer.skoleperiode_indkaldelse, name="skoleperiode_indkaldelse"),
    path(
        "skole/perioder/<int:pk>/indkaldelse/ret/",
        klassefiler.skoleperiode_indkaldelse_ret,
        name="skoleperiode_indkaldelse_ret",
    ),
    path(
        "skole/perioder/<int:pk>/indkaldelse/slet/",
        klassefiler.skoleperiode_indkaldelse_slet,
        name="skoleperiode_indkaldelse_slet",
    ),
    path("skole/ophold/<int:pk>/vejledning/", filer.skolevejledning, name="skolevejledning"),
    path("skole/ophold/<int:pk>/vejledning/ret/", filer.skolevejledning_ret, name="skolevejledning_ret"),
    path("skole/ophold/<int:pk>/vejledning/slet/", filer.skolevejledning_slet, name="skolevejledning_slet"),
    path("skole/karakterer/<int:pk>/bevis/", filer.karakter_bevis, name="karakter_bevis"),
    path("skole/karakterer/<int:pk>/bevis/ret/", filer.karakter_bevis_ret, name="karakter_bevis_ret"),
    path("skole/karakterer/<int:pk>/bevis/slet/", filer.karakter_bevis_slet, name="karakter_bevis_slet"),
    # --- AUB
    path("skole/aub/", aub.aub, name="aub"),
    path("skole/aub/excel/", aub.aub_excel, name="aub_excel"),
    path("skole/aub/<int:pk>/", aub.aub_ret, name="aub_ret"),
    path("skole/perioder/<int:pk>/aub/", aub.aub_periode, name="aub_periode"),
    path("skole/aub/satser/", aub.aub_satser, name="aub_satser"),
    path("skole/aub/satser/ny/", aub.aub_sats_ny, name="aub_sats_ny"),
    path("skole/aub/satser/<int:pk>/slet/", aub.aub_sats_slet, name="aub_sats_slet"),
    # --- study trips
    path("skole/perioder/<int:pk>/studietur/", turene.studietur_ny, name="studietur_ny"),
    path("skole/studieture/<int:pk>/", studietur.studietur, name="studietur"),
    path("skole/studieture/<int:pk>/ret/", turene.studietur_ret, name="studietur_ret"),
    path("skole/studieture/<int:pk>/slet/", turene.studietur_slet, name="studietur_slet"),
    path("skole/studieture/<int:pk>/punkter/ny/", turene.turpunkt_ny, name="turpunkt_ny"),
    path("skole/studieture/punkter/<int:pk>/ret/", turene.turpunkt_ret, name="turpunkt_ret"),
    path("skole/studieture/punkter/<int:pk>/slet/", turene.turpunkt_slet, name="turpunkt_slet"),
    path("skole/studieture/<int:pk>/filer/ny/", turene.turfil_ny, name="turfil_ny"),
    path("skole/studieture/filer/<int:pk>/", studietur.turfil, name="turfil"),
    path("skole/studieture/filer/<int:pk>/slet/", turene.turfil_slet, name="turfil_slet"),
    path("skole/studieture/<int:pk>/kontakter/", studietur.studietur_kontakter, name="studietur_kontakter"),
    path("skole/studieture/<int:pk>/kontakter/pdf/", studietur.studietur_kontakter_pdf, name="studietur_kontakter_pdf"),
    path("skole/studieture/<int:pk>/elever/<int:elev>/", studietur.studietur_tjekliste, name="studietur_tjekliste"),
    path(
        "skole/studieture/<int:pk>/elever/<int:elev>/noedkontakt/",
        studietur.studietur_noedkontakt,
        name="studietur_noedkontakt",
    ),
    path(
        "skole/studieture/<int:pk>/elever/<int:elev>/noedkontakt/slet/",
        studietur.studietur_noedkontakt_slet,
        name="studietur_noedkontakt_slet",
    ),
]
