"""Sealed documents can only grow, whoever asks. The one way out is the erasure of the very person they are about.

The application's role has no UPDATE, DELETE or TRUNCATE on the two tables. It erases through a function that belongs to
the owner; the trigger looks at every row once more, also when the owner works by hand: the row goes only in a
transaction that has itself written down that this person is erased (project/migrations/0001_sletning.py), a line that
cannot be taken out again. What went is written down with its fingerprint, so that `manage.py verificer` can tell a
document that was erased from one that was taken away.
"""

from django.db import migrations

TABLES = ["core_dokument", "core_dokumentfil"]

CREATE = """
create function kun_forseglet() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  om bigint;
begin
  if tg_op = 'DELETE' then
    if tg_table_name = 'core_dokument' then om := old.person_id;
    else select person_id into om from core_dokument where id = old.dokument_id; end if;
    if exists (
      select from core_haendelse
      where handling = 'person.slettet' and data ->> 'transaktion' = pg_current_xact_id()::text and objekt_id = om
    ) then return old; end if;
  end if;
  raise exception 'Tabellen % kan kun udvides', tg_table_name using errcode = 'restrict_violation';
end $$;

create function slet_dokumenter(den_slettede bigint) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  fjernet int;
begin
  insert into core_haendelse (tid, handling, objekttype, objekt_id, tekst, data)
    select now(), 'dokument.slettet', 'core.Dokument', id, 'Et dokument er slettet med personen',
      jsonb_build_object('sha256', sha256) from core_dokument where person_id = den_slettede;
  delete from core_dokumentfil where dokument_id in (select id from core_dokument where person_id = den_slettede);
  delete from core_dokument where person_id = den_slettede;
  get diagnostics fjernet = row_count;
  return fjernet;
end $$;
comment on function slet_dokumenter(bigint) is
  'Takes an erased person''s documents, in the transaction that erases the person. Refused by the trigger otherwise.';
revoke all on function slet_dokumenter(bigint) from public;
"""

TRIGGERS = "".join(
    f"""
create trigger kun_forseglet_raekke before update or delete on {table} for each row execute function kun_forseglet();
create trigger kun_forseglet_tabel before truncate on {table} for each statement execute function kun_forseglet();
"""
    for table in TABLES
)

DROP = "drop function slet_dokumenter(bigint); drop function kun_forseglet() cascade;"


class Migration(migrations.Migration):
    dependencies = [("core", "0005_dokumenter")]
    operations = [migrations.RunSQL(CREATE + TRIGGERS, DROP)]
