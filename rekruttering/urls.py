from django.urls import path

from .views.elevansvarlig import historier, redaktion, runder
from .views.elevansvarlig import sider as tekster
from .views.faelles import historie
from .views.offentlig import net, sider

urlpatterns = [
    path("bliv-kontorelev/", sider.bliv_kontorelev, name="bliv_kontorelev"),
    path("bliv-kontorelev/hvilken-vej/", sider.kontorelev_vej, name="kontorelev_vej"),
    path("bliv-kontorelev/dine-oplysninger/", sider.kontorelev_oplysninger, name="kontorelev_oplysninger"),
    path("bliv-kontorelev/afdelinger/<slug:kode>/", sider.kontorelev_afdeling, name="kontorelev_afdeling"),
    path("bliv-kontorelev/opslag/<slug:slug>/", sider.stillingsopslag, name="stillingsopslag"),
    path("bliv-kontorelev/billeder/<int:pk>/", sider.kontorelev_billede, name="kontorelev_billede"),
    path("sitemap.xml", net.sitemap, name="sitemap"),
    path("robots.txt", net.robots, name="robots"),
    path("was/", net.was, name="was"),
    path("rekruttering/", runder.runder, name="runder"),
    path("rekruttering/runder/ny/", runder.runde_ny, name="runde_ny"),
    path("rekruttering/runder/<int:pk>/", runder.runde, name="runde"),
    path("rekruttering/runder/<int:pk>/ret/", runder.runde_ret, name="runde_ret"),
    path("rekruttering/runder/<int:pk>/vis/", runder.runde_vis, name="runde_vis"),
    path("rekruttering/runder/<int:pk>/udvalg/", runder.runde_udvalg, name="runde_udvalg"),
    path("rekruttering/runder/<int:pk>/offentliggoer/", runder.runde_offentliggoer, name="runde_offentliggoer"),
    path("rekruttering/runder/<int:pk>/tag-ned/", runder.runde_tag_ned, name="runde_tag_ned"),
    path("rekruttering/runder/<int:pk>/afslut/", runder.runde_afslut, name="runde_afslut"),
    path("rekruttering/runder/<int:pk>/slet/", runder.runde_slet, name="runde_slet"),
    path("rekruttering/offentligt/", redaktion.offentligt, name="offentligt"),
    path("rekruttering/sider/<slug:noegle>/", tekster.side_ret, name="side_ret"),
    path("rekruttering/sider/<slug:noegle>/vis/", tekster.side_vis, name="side_vis"),
    path("rekruttering/sider/<slug:noegle>/udgiv/", tekster.side_udgiv, name="side_udgiv"),
    path("rekruttering/sider/<slug:noegle>/kasser/", tekster.side_kasser, name="side_kasser"),
    path("rekruttering/udgaver/<int:pk>/gendan/", tekster.side_gendan, name="side_gendan"),
    path("rekruttering/fakta/nyt/", redaktion.fakta_nyt, name="fakta_nyt"),
    path("rekruttering/fakta/<int:pk>/", redaktion.fakta_ret, name="fakta_ret"),
    path("rekruttering/fakta/<int:pk>/stop/", redaktion.fakta_stop, name="fakta_stop"),
    path("rekruttering/adgangsveje/ny/", redaktion.adgangsvej_ny, name="adgangsvej_ny"),
    path("rekruttering/adgangsveje/<int:pk>/", redaktion.adgangsvej_ret, name="adgangsvej_ret"),
    path("rekruttering/adgangsveje/<int:pk>/stop/", redaktion.adgangsvej_stop, name="adgangsvej_stop"),
    path("rekruttering/spoergsmaal/nyt/", redaktion.spoergsmaal_nyt, name="spoergsmaal_nyt"),
    path("rekruttering/spoergsmaal/<int:pk>/", redaktion.spoergsmaal_ret, name="spoergsmaal_ret"),
    path("rekruttering/oplysningstekst/ny/", redaktion.oplysningstekst_ny, name="oplysningstekst_ny"),
    path("rekruttering/historier/ny/", historier.elevhistorie_ny, name="elevhistorie_ny"),
    path("rekruttering/historier/<int:pk>/", historier.elevhistorie_ret, name="elevhistorie_ret"),
    path("rekruttering/historier/<int:pk>/fjern/", historier.elevhistorie_fjern, name="elevhistorie_fjern"),
    path("rekruttering/historier/<int:pk>/billede/", historie.elevhistorie_billede, name="elevhistorie_billede"),
    path("min-historie/", historie.min_historie, name="min_historie"),
    path("min-historie/svar/", historie.historie_svar, name="historie_svar"),
]
