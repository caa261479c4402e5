"""A published form stays as it was: an answer belongs to its words for ever. Drafts may change and go.

One way past, as in core/0004: when a person is erased, the name may be taken out of the introduction.
"""

from django.db import migrations, models

PARTS = ["skala", "skalatrin", "afsnit", "spoergsmaal"]

CREATE = """
create function skema_er_udgivet(nr bigint) returns boolean language sql stable
set search_path = public, pg_temp as $$
  select exists (select from evaluering_evalueringsskema where id = nr and status = 'udgivet')
$$;

-- Which form a row belongs to. A row whose scale or section is gone already belongs to a draft that is on its way out.
create function skema_af(tabel text, raekke jsonb) returns bigint language sql stable
set search_path = public, pg_temp as $$
  select case tabel
    when 'evaluering_skalatrin' then
      (select skema_id from evaluering_skala where id = (raekke ->> 'skala_id')::bigint)
    when 'evaluering_spoergsmaal' then
      (select skema_id from evaluering_afsnit where id = (raekke ->> 'afsnit_id')::bigint)
    else (raekke ->> 'skema_id')::bigint
  end
$$;

create function udgivet_skema_vagt() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'indledning' = to_jsonb(old) - 'indledning' and exists (
    select from core_haendelse
    where handling = 'person.slettet' and data ->> 'transaktion' = pg_current_xact_id()::text
  ) then return new; end if;
  if old.status = 'udgivet' then
    raise exception 'Skemaet er udgivet og kan ikke ændres. Lav en ny version af det'
      using errcode = 'restrict_violation', constraint = 'skema_udgivet';
  end if;
  return coalesce(new, old);
end $$;

create function udgivet_skemadel_vagt() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if (tg_op <> 'INSERT' and skema_er_udgivet(skema_af(tg_table_name, to_jsonb(old))))
    or (tg_op <> 'DELETE' and skema_er_udgivet(skema_af(tg_table_name, to_jsonb(new))))
  then
    raise exception 'Skemaet er udgivet og kan ikke ændres. Lav en ny version af det'
      using errcode = 'restrict_violation', constraint = 'skema_udgivet';
  end if;
  return coalesce(new, old);
end $$;

create trigger udgivet_skema before update or delete on evaluering_evalueringsskema
  for each row execute function udgivet_skema_vagt();
"""

TRIGGERS = "".join(
    f"""create trigger udgivet_skemadel before insert or update or delete on evaluering_{part}
  for each row execute function udgivet_skemadel_vagt();
"""
    for part in PARTS
)

DROP = """
drop function udgivet_skema_vagt() cascade;
drop function udgivet_skemadel_vagt() cascade;
drop function skema_af(text, jsonb);
drop function skema_er_udgivet(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("evaluering", "0001_tabeller"), ("core", "0004_slettefrist")]
    operations = [
        migrations.AlterField(
            "spoergsmaal",
            "skala",
            models.ForeignKey(
                to="evaluering.skala",
                on_delete=models.RESTRICT,
                verbose_name="skala",
                related_name="spoergsmaal",
                null=True,
                blank=True,
            ),
        ),
        migrations.RunSQL(CREATE + TRIGGERS, DROP),
    ]
