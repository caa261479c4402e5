from django.urls import path

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
]
