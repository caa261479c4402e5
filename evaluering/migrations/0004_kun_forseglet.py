"""A sealed evaluation stays as it was signed, and from the first signature on its answers do.

- FORSEGLET: the rows of the evaluation, its questions, drafts, answers and signatures refuse UPDATE and DELETE.
- LAAST: questions, drafts and answers do; signatures are still added, and the state moves on to FORSEGLET.
- A state never goes back from either of them, and a signature is never changed.
- TRUNCATE is refused on all of them, whatever they hold.

Two ways past. `ophold` becomes null when the stay goes or is in another department: the text says where and when it was.
And whoever has written down, in this very transaction, that the person is erased (project/migrations/0001_sletning.py)
may delete what is about that person, as with the documents (core/migrations/0006_kun_forseglet.py).
"""

from django.db import migrations, models

PARTS = ["punkt", "besvarelse", "svar", "underskrift"]

CREATE = """
create function evaluering_slettes(nr bigint) returns boolean language sql stable
set search_path = public, pg_temp as $$
  select exists (
    select from evaluering_evaluering e
    join elevforloeb_elev p on p.id = e.elev_id
    join core_haendelse h on h.objekt_id = p.bruger_id
    where e.id = nr and h.handling = 'person.slettet' and h.data ->> 'transaktion' = pg_current_xact_id()::text)
$$;

create function evaluering_vagt() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'TRUNCATE' then
    raise exception 'Tabellen % kan ikke tømmes', tg_table_name using errcode = 'restrict_violation';
  end if;
  if old.status in ('laast', 'forseglet') then
    if tg_op = 'DELETE' then
      if evaluering_slettes(old.id) then return old; end if;
    elsif to_jsonb(new) - 'ophold_id' = to_jsonb(old) - 'ophold_id' and new.ophold_id is null then return new;
    elsif old.status = 'laast' and new.status = 'forseglet'
      and to_jsonb(new) - array['status', 'forseglet', 'dokument_id']
        = to_jsonb(old) - array['status', 'forseglet', 'dokument_id'] then return new;
    end if;
    raise exception 'Der er kvitteret for evalueringen, så den kan ikke ændres'
      using errcode = 'restrict_violation', constraint = 'evaluering_forseglet_vagt';
  end if;
  return coalesce(new, old);
end $$;

-- Which evaluation a row of one of the other tables belongs to.
create function evaluering_af(tabel text, raekke jsonb) returns bigint language sql stable
set search_path = public, pg_temp as $$
  select case tabel
    when 'evaluering_svar' then
      (select evaluering_id from evaluering_besvarelse where id = (raekke ->> 'besvarelse_id')::bigint)
    else (raekke ->> 'evaluering_id')::bigint
  end
$$;

create function evalueringsdel_vagt() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  nr bigint; stand text;
begin
  if tg_op = 'TRUNCATE' then
    raise exception 'Tabellen % kan ikke tømmes', tg_table_name using errcode = 'restrict_violation';
  end if;
  foreach nr in array array[
    case when tg_op <> 'INSERT' then evaluering_af(tg_table_name, to_jsonb(old)) end,
    case when tg_op <> 'DELETE' then evaluering_af(tg_table_name, to_jsonb(new)) end
  ] loop
    select status into stand from evaluering_evaluering where id = nr;
    continue when not found or stand not in ('laast', 'forseglet');
    continue when tg_table_name = 'evaluering_underskrift' and tg_op = 'INSERT' and stand = 'laast';
    continue when tg_op = 'DELETE' and evaluering_slettes(nr);
    raise exception 'Der er kvitteret for evalueringen, så den kan ikke ændres'
      using errcode = 'restrict_violation', constraint = 'evaluering_forseglet_vagt';
  end loop;
  return coalesce(new, old);
end $$;

create trigger kun_forseglet_raekke before update or delete on evaluering_evaluering
  for each row execute function evaluering_vagt();
create trigger kun_forseglet_tabel before truncate on evaluering_evaluering
  for each statement execute function evaluering_vagt();
"""

TRIGGERS = "".join(
    f"""
create trigger kun_forseglet_raekke before insert or update or delete on evaluering_{part}
  for each row execute function evalueringsdel_vagt();
create trigger kun_forseglet_tabel before truncate on evaluering_{part}
  for each statement execute function evalueringsdel_vagt();
"""
    for part in PARTS
)

DROP = """
drop function evaluering_vagt() cascade;
drop function evalueringsdel_vagt() cascade;
drop function evaluering_af(text, jsonb);
drop function evaluering_slettes(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evaluering", "0003_laast_tekst_og_afloesning"),
        ("core", "0004_slettefrist"),
        ("elevforloeb", "0003_udkast_uden_version"),
    ]
    operations = [
        # An erasure takes both editions at once, which PROTECT would refuse.
        migrations.AlterField(
            "evaluering",
            "retter",
            models.OneToOneField(
                to="evaluering.evaluering",
                on_delete=models.RESTRICT,
                verbose_name="retter",
                related_name="rettet_af",
                null=True,
                blank=True,
            ),
        ),
        migrations.RunSQL(CREATE + TRIGGERS, DROP),
    ]
