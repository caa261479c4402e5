from elevforloeb.core.dates import today
from rekruttering.permissions import own_historier


def is_asked(user) -> bool:
    """Somebody waits for her yes or no."""
    return own_historier(user).filter(samtykke=None, trukket=None, periode__endswith__gt=today()).exists()
