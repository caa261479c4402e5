from django.urls import path

from .views.offentlig import ansoegning, begynd, bilag, min_ansoegning

# The applicant's own pages. The link is a key: elevforloeb/project/logs.py keeps it out of the logs.
LINK = "ansoegning/<str:token>/"
ANSOEGER = [
    path("ansoeg/<slug:slug>/", begynd.ansoeg, name="ansoeg"),
    path("ansoegning/link/", begynd.ansoegning_link, name="ansoegning_link"),
    path("besked/", begynd.interesse, name="interesse"),
    path("besked/<str:token>/", begynd.interesse_bekraeft, name="interesse_bekraeft"),
    path(LINK, min_ansoegning.min_ansoegning, name="min_ansoegning"),
    path(f"{LINK}trin/<slug:trin>/", ansoegning.ansoegning_trin, name="ansoegning_trin"),
    path(f"{LINK}bilag/", bilag.ansoegning_bilag, name="ansoegning_bilag"),
    path(f"{LINK}bilag/<int:pk>/", bilag.ansoegning_fil, name="ansoegning_fil"),
    path(f"{LINK}bilag/<int:pk>/fjern/", bilag.ansoegning_bilag_fjern, name="ansoegning_bilag_fjern"),
    path(f"{LINK}send/", ansoegning.ansoegning_send, name="ansoegning_send"),
    path(f"{LINK}kvittering/", ansoegning.ansoegning_kvittering, name="ansoegning_kvittering"),
    path(f"{LINK}senere/", min_ansoegning.ansoegning_senere, name="ansoegning_senere"),
    path(f"{LINK}traek/", min_ansoegning.ansoegning_traek, name="ansoegning_traek"),
    path(f"{LINK}data/", min_ansoegning.ansoegning_data, name="ansoegning_data"),
    path(f"{LINK}nyt-link/", min_ansoegning.ansoegning_nyt_link, name="ansoegning_nyt_link"),
    path(f"{LINK}kontakt/", min_ansoegning.ansoegning_kontakt, name="ansoegning_kontakt"),
]

urlpatterns = [*ANSOEGER]
