"""History and access log can only grow: neither UPDATE, DELETE nor TRUNCATE gets past the trigger, whoever asks."""

from django.db import migrations

TABLES = ["core_haendelse", "core_opslag"]

CREATE = """
create function kun_tilfoej() returns trigger language plpgsql as $$
begin
  raise exception 'Tabellen % kan kun udvides', tg_table_name using errcode = 'restrict_violation';
end $$;
""" + "".join(
    f"""
create trigger kun_tilfoej_raekke before update or delete on {table} for each row execute function kun_tilfoej();
create trigger kun_tilfoej_tabel before truncate on {table} for each statement execute function kun_tilfoej();
"""
    for table in TABLES
)

DROP = "drop function kun_tilfoej() cascade;"


class Migration(migrations.Migration):
    dependencies = [("core", "0002_tabeller")]
    operations = [migrations.RunSQL(CREATE, DROP)]
