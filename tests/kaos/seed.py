"""Put mails into the outbox of a chaos run: python -m tests.kaos.seed <how many>"""

import sys

import django

django.setup()

from elevforloeb.core import letters, outbox  # noqa: E402
from tests.factories import BrugerFactory  # noqa: E402


def main(number):
    letters.MAILS["kaos"] = letters.Mailtype("kaos", "", None)
    anna = BrugerFactory()
    outbox.queue_many(outbox.order(anna, noegle=f"kaos:{n}", skabelon="kaos") for n in range(int(number)))


if __name__ == "__main__":
    main(*sys.argv[1:])
