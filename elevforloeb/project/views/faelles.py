from django.shortcuts import render


def forside(request):
    """Everybody's first page; what it shows follows the role."""
    return render(request, "project/forside.html")
