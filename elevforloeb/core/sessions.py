"""Django's sessions in the database. A session is asked for on every page: that question is written out."""

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

FIND = "select session_data from django_session where session_key = %s and expire_date > %s"


class SessionStore(db.SessionStore):
    def load(self) -> dict:
        with connection.cursor() as cursor:
            cursor.execute(FIND, [self.session_key, timezone.now()])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None  # an unknown key is never taken over: a new session gets its own
            return {}
        return self.decode(found[0])
