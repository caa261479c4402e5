"""The guard of the published plan: places, open department and agreement, also when two people save at once.

Both triggers are deferred to the commit, so that a whole plan can be moved about in one transaction. Each first locks the
department's row: without that lock two transactions do not see each other's stays and both pass.
"""

from django.db import migrations

CREATE = """
create function vogt_pladser(den_afdeling bigint, spand daterange) returns void language plpgsql as $$
declare
  dag date; belagt int; antal_pladser int; afdelingsnavn text;
begin
  -- Not "for update": a row that points to the afdeling holds a key share lock, and two who upgrade it would deadlock.
  select navn into afdelingsnavn from afdelinger_afdeling where id = den_afdeling for no key update;
  -- Occupancy and places only change on these days, so the peak lies on one of them.
  for dag in
    select lower(spand)
    union select lower(periode) from elevforloeb_ophold where afdeling_id = den_afdeling and spand @> lower(periode)
    union select lower(periode) from afdelinger_pladser where afdeling_id = den_afdeling and spand @> lower(periode)
    union select upper(periode) from afdelinger_pladser where afdeling_id = den_afdeling and spand @> upper(periode)
    order by 1
  loop
    select count(*) into belagt from elevforloeb_ophold where afdeling_id = den_afdeling and periode @> dag;
    select antal into antal_pladser from afdelinger_pladser where afdeling_id = den_afdeling and periode @> dag;
    if belagt > coalesce(antal_pladser, 0) then
      raise exception '% har % elever på % pladser den %', afdelingsnavn, belagt, coalesce(antal_pladser, 0), dag
        using errcode = 'check_violation', constraint = 'ophold_pladser';
    end if;
  end loop;
end $$;

create function vogt_ophold() returns trigger language plpgsql as $$
declare
  nu elevforloeb_ophold;
begin
  select * into nu from elevforloeb_ophold where id = new.id;
  if not found then return null; end if;  -- deleted again in the same transaction
  if not exists (select from afdelinger_afdeling where id = nu.afdeling_id and periode @> nu.periode) then
    raise exception 'Afdelingen er ikke åben i hele perioden'
      using errcode = 'check_violation', constraint = 'ophold_afdeling_aaben';
  end if;
  if not exists (select from elevforloeb_elev where id = nu.elev_id and periode @> nu.periode) then
    raise exception 'Opholdet ligger uden for elevens aftale'
      using errcode = 'check_violation', constraint = 'ophold_i_aftalen';
  end if;
  perform vogt_pladser(nu.afdeling_id, nu.periode);
  return null;
end $$;

create constraint trigger vogt_ophold after insert or update on elevforloeb_ophold
  deferrable initially deferred for each row execute function vogt_ophold();

create function vogt_pladser_aendret() returns trigger language plpgsql as $$
begin
  perform vogt_pladser(old.afdeling_id, old.periode)
  where exists (select from elevforloeb_ophold where afdeling_id = old.afdeling_id and periode && old.periode);
  return null;
end $$;

create constraint trigger vogt_pladser after update or delete on afdelinger_pladser
  deferrable initially deferred for each row execute function vogt_pladser_aendret();
"""

DROP = """
drop trigger vogt_pladser on afdelinger_pladser;
drop trigger vogt_ophold on elevforloeb_ophold;
drop function vogt_pladser_aendret();
drop function vogt_ophold();
drop function vogt_pladser(bigint, daterange);
"""


class Migration(migrations.Migration):
    dependencies = [("elevforloeb", "0001_initial"), ("afdelinger", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
