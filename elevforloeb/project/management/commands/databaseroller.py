from django.core.management import BaseCommand
from django.db import connection
class Command(BaseCommand):
    def handle(self, **options):
        with connection.cursor() as c:
            c.execute("grant select,insert,update,delete on all tables in schema public to elevforloeb_app; grant usage on all sequences in schema public to elevforloeb_app")
