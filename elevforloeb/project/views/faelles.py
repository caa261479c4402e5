from django.shortcuts import render

from afdelinger.guards import roles
from afdelinger.models import Rolle


@roles(*Rolle)
def forside(request):
    return render(request, "project/forside.html")
