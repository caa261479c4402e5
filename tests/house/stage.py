"""Where the tests of every page play: the people of the cast, logged in once, and the object that a page is about.

All of it lies in one transaction for a whole module, and the transaction of each test (`db`) inside it. Pages about the
same kind of object come one after the other: a round of wishes or a sealed evaluation is made once for all its pages.
"""

from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.test import Client

IDENTITIES = {
    "elev": lambda cast: cast.aase.bruger,
    "elevvejleder": lambda cast: cast.vejleder,
    "leder": lambda cast: cast.leder,
    "elevansvarlig": lambda cast: cast.elevansvarlig,
    "administrator": lambda cast: cast.administrator,
    "uden rolle": lambda cast: cast.fremmed,
}


class Stage:
    def __init__(self, written_cast):
        self.written_cast = written_cast
        self.sessions = None  # identity: the key of its session
        self.client = Client(raise_request_exception=False)
        self.made = None  # the function that made the scene that stands
        self.scene = None  # savepoint before it

    def set(self, make) -> dict:
        """The object of `make`, freshly made unless it stands there from the test before."""
        if self.sessions is None:
            self.sessions = self._log_everybody_in(self.written_cast.write())
        if self.made is not make:
            if self.scene:
                transaction.savepoint_rollback(self.scene)
                transaction.savepoint_commit(self.scene)
            self.scene, self.made = transaction.savepoint(), None
            self.found = self.make(make)
            self.made = make
        return self.found

    def make(self, make) -> dict:
        return make(self.written_cast.read())

    def _log_everybody_in(self, cast) -> dict[str, str]:
        keys = {}
        for identity, person in IDENTITIES.items():
            client = Client()
            client.force_login(person(cast))
            keys[identity] = client.session.session_key
        return keys

    def as_(self, identity: str | None) -> Client:
        """With no more than the session in the cookies, whatever an earlier answer has put there."""
        self.client.cookies.clear()
        if identity:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[identity]
        return self.client


@contextmanager
def undone():
    """What is written is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
