from django.urls import include, path

from .views import drift, faelles

urlpatterns = [
    path("", faelles.forside, name="forside"),
    path("konto/", include("allauth.urls")),
    path("", include("afdelinger.urls")),
    path("", include("elevforloeb.urls")),
    path("sundhed/", drift.sundhed, name="sundhed"),
    path("klar/", drift.klar, name="klar"),
]
