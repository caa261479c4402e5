"""Extensions and the SQL functions for Danish sorting and searching.

They come before every table, because generated columns of the floors above use them. No ICU is needed, and none of them
depends on the locale of the database: in a database with LC_CTYPE=C lower('Å') stays 'Å', so the letters are mapped by hand.
"""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

ACCENTED = "ÀÁÂÃÇĆČÈÉÊËĘÌÍÎÏŁÑŃÒÓÔÕŐŚŠÙÚÛŰÝÜŹŻŽÆØÅÄÖàáâãçćčèéêëęìíîïłñńòóôõőśšùúûűýüźżžäö"
PLAIN_____ = "aaaaccceeeeeiiiilnnooooossuuuuyyzzzæøåæøaaaaccceeeeeiiiilnnooooossuuuuyyzzzæø"

FUNCTIONS = f"""
create function dansk_smaa(tekst text) returns text language sql immutable parallel safe strict as $$
  select translate(lower(normalize(tekst, NFKC)), '{ACCENTED}', '{PLAIN_____}')
$$;
comment on function dansk_smaa(text) is 'Lower case without accents; æ, ø and å stay.';

create function dansk_sortering(tekst text) returns text language sql immutable parallel safe strict as $$
  select translate(replace(dansk_smaa(tekst), 'aa', 'å'), 'æøå', '{{|}}')
$$;
comment on function dansk_sortering(text) is 'Sort key under collation "C": æ, ø, å (and aa) come after z.';

create function dansk_fold(tekst text) returns text language sql immutable parallel safe strict as $$
  select replace(replace(replace(translate(dansk_smaa(tekst), 'øå', 'oa'), 'æ', 'ae'), 'aa', 'a'), 'oe', 'o')
$$;
comment on function dansk_fold(text) is 'Search key: Åse, Aase, aase and ase are the same.';
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunSQL(
            FUNCTIONS,
            "drop function dansk_fold(text); drop function dansk_sortering(text); drop function dansk_smaa(text);",
        ),
    ]
