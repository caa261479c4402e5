"""The two ways past the guard of history and access log, and why neither can be misused.

The application's role has no UPDATE, DELETE or TRUNCATE on the two tables. It reaches both ways only through a function
that belongs to the owner, and the trigger looks at every row once more, also when the owner works by hand.

1. DELETE: a row that is older than the rule in force (`slet_opslag_maaneder`, `slet_historik_maaneder`), by the clock of
   the database. The application may write rules, so a rule cannot get below the floor that stands here: what has just
   happened stays, whoever governs the application. No rule in force: nothing is deleted.
2. UPDATE: only the words (tekst, data, soegetekst), never who, when, what kind of act or about which row, and only in a
   transaction that has itself written down that a person is erased. That line cannot be taken out again before its time.
"""

from django.db import migrations

NEW_GUARD = """
create or replace function kun_tilfoej() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  ord text[] := array['tekst', 'data', 'soegetekst'];
begin
  if tg_op = 'DELETE' then
    if old.tid < slettegraense(tg_table_name) then return old; end if;
  elsif tg_op = 'UPDATE' then
    if to_jsonb(new) - ord = to_jsonb(old) - ord and exists (
      select from core_haendelse
      where handling = 'person.slettet' and data ->> 'transaktion' = pg_current_xact_id()::text
    ) then return new; end if;
  end if;
  raise exception 'Tabellen % kan kun udvides', tg_table_name using errcode = 'restrict_violation';
end $$;
"""

CREATE = """
create function slettegraense(tabel text) returns timestamptz language sql stable set search_path = public, pg_temp as $$
  -- Rows from before this moment may go. The aggregate answers also when no rule is in force: then nothing is that old.
  select coalesce(min(now() - greatest(make_interval(months => least(vaerdi, 1200)), mindst)), '-infinity')
  from core_regel
  join (values ('core_opslag', 'slet_opslag_maaneder', interval '6 months'),
               ('core_haendelse', 'slet_historik_maaneder', interval '12 months')) as frist (log, regel, mindst)
    on regel = noegle
  where log = tabel and periode @> current_date
$$;

create function ryd_log(tabel text, antal int) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  fjernet int;
begin
  if tabel not in ('core_opslag', 'core_haendelse') then raise exception 'Ukendt log: %', tabel; end if;
  execute format('delete from %1$I where id in
    (select id from %1$I where tid < slettegraense(%1$L) order by tid limit $1)', tabel) using antal;
  get diagnostics fjernet = row_count;
  return fjernet;
end $$;
comment on function ryd_log(text, int) is 'Deletes at most that many rows past the rule in force. Takes nothing else.';
revoke all on function ryd_log(text, int) from public;

create index haendelse_sletning on core_haendelse ((data ->> 'transaktion')) where handling = 'person.slettet';
"""

DROP = """
drop index haendelse_sletning;
drop function ryd_log(text, int);
drop function slettegraense(text);
"""

OLD_GUARD = """
create or replace function kun_tilfoej() returns trigger language plpgsql as $$
begin
  raise exception 'Tabellen % kan kun udvides', tg_table_name using errcode = 'restrict_violation';
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_kun_tilfoej")]
    operations = [migrations.RunSQL(CREATE, DROP), migrations.RunSQL(NEW_GUARD, OLD_GUARD)]
