"""The first of the two steps of access: the role. (The second is get_object_or_404 on what the user may see.)"""

from functools import wraps

from django.core.exceptions import PermissionDenied


def roles(*allowed: str):
    """Only people with one of the roles today get in; others get 403. The file name of the view names the role."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.har_rolle(*allowed):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = frozenset(allowed)  # the access matrix reads it
        return guarded

    return decorate
