"""How often one address on the net may do what anybody can do without log-in. Counted where log-ins are counted.

allauth's limiter counts in the database (so in all workers, and without Redis), an IPv6 network of 64 bits as one.
A whole class can sit behind one address on the evening of the deadline: the limits are against machines.
"""

from allauth.core.internal import ratelimit

from elevforloeb.core.rules import rules

RATES = {
    "ansoeg": "60/h/ip",  # applications begun
    "mail": "30/h/ip",  # mails asked for; how many one person gets is a rule (services/post.py)
    "forkert_link": "30/h/ip",
}


def is_spent(request, what: str) -> bool:
    """Counts one more, and says whether that is too many."""
    return not ratelimit.consume(request, app="rekruttering", action=what, config=RATES, limit_get=True)


def files_are_spent(request) -> bool:
    config = {"bilag": f"{rules().ansoegning_filer_dag}/d/ip"}
    return not ratelimit.consume(request, app="rekruttering", action="bilag", config=config)
