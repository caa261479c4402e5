from django.shortcuts import render


def csrf(request, reason=""):
    """The form was too old or came from another place. Nothing was saved, and the page says so."""
    return render(request, "403_csrf.html", status=403)
