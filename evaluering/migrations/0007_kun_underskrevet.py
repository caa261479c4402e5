"""A signed declaration stays as it was signed, also in its own row: the sealed text is not the only one that is read.

What may still happen to it: it is sent (underskrevet -> sendt, once), and `skole` becomes null when the school period
goes. Erased it is with its person, in the same way as an evaluation (0004_kun_forseglet).
"""

from django.db import migrations

CREATE = """
create function erklaering_slettes(nr bigint) returns boolean language sql stable
set search_path = public, pg_temp as $$
  select exists (
    select from evaluering_oplaeringserklaering e
    join elevforloeb_elev p on p.id = e.elev_id
    join core_haendelse h on h.objekt_id = p.bruger_id
    where e.id = nr and h.handling = 'person.slettet' and h.data ->> 'transaktion' = pg_current_xact_id()::text)
$$;

create function erklaering_vagt() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  sending constant text[] := array['status', 'sendt', 'sendt_hvordan', 'version'];
begin
  if tg_op = 'TRUNCATE' then
    raise exception 'Tabellen % kan ikke tømmes', tg_table_name using errcode = 'restrict_violation';
  end if;
  if old.status in ('underskrevet', 'sendt') then
    if tg_op = 'DELETE' then
      if erklaering_slettes(old.id) then return old; end if;
    elsif to_jsonb(new) - 'skole_id' = to_jsonb(old) - 'skole_id' and new.skole_id is null then return new;
    elsif old.status = 'underskrevet' and new.status = 'sendt'
      and to_jsonb(new) - sending = to_jsonb(old) - sending then return new;
    end if;
    raise exception 'Erklæringen er underskrevet, så den kan ikke ændres'
      using errcode = 'restrict_violation', constraint = 'erklaering_forseglet_vagt';
  end if;
  return coalesce(new, old);
end $$;

create trigger kun_underskrevet_raekke before update or delete on evaluering_oplaeringserklaering
  for each row execute function erklaering_vagt();
create trigger kun_underskrevet_tabel before truncate on evaluering_oplaeringserklaering
  for each statement execute function erklaering_vagt();
"""

DROP = """
drop function erklaering_vagt() cascade;
drop function erklaering_slettes(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("evaluering", "0006_samling")]
    operations = [migrations.RunSQL(CREATE, DROP)]
