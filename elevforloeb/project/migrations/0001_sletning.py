"""Takes one erased person out of history and access log. The only way to change a word in them.

It belongs to the owner of the tables; the application may only call it. What a caller gets out of it is bounded:
- it takes no words, neither to look for nor to put in: the names come from the account, the reasons from this file;
- a person whose traces go is gone: the account is emptied in the same breath, and a trigger keeps it so for good.
  When only a former elev's course goes (`hele` is false), only what was written about that course loses its words;
- every call leaves a line with who and why, written by the clock of the database, so it cannot be given an old date
  and cleared away. Rows stay, with who, when and what kind of act (see core/migrations/0004_slettefrist.py).
"""

from django.db import migrations

CREATE = r"""
create function slet_spor(den_slettede bigint, udfoert_af bigint, grund text, hele boolean) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  navne text[]; former text[]; lige text[]; moenster text; noegleord text[]; forloeb bigint[]; raekker bigint[];
  andre bigint[]; andres_forloeb bigint[];  -- people of the same name: what is about them keeps it
  begrundelse text := case grund
    when 'frist' then 'fristen er nået' when 'oensket' then 'personen har bedt om det'
    when 'fejl' then 'oplysningerne skulle ikke have været her' end;
begin
  perform from afdelinger_bruger where id = den_slettede and slettet is null for update;
  if not found or begrundelse is null then raise exception 'Ingen person at slette, eller ukendt grund'; end if;
  select array_agg(id) into forloeb from elevforloeb_elev where bruger_id = den_slettede;
  if forloeb is null and not hele then raise exception 'Personen har intet forløb'; end if;

  insert into core_haendelse (tid, bruger_id, handling, objekttype, objekt_id, tekst, data) values (
    now(), udfoert_af, 'person.slettet', 'afdelinger.Bruger', den_slettede,
    case when hele then 'Oplysningerne om en person' else 'Et forløb' end || ' er slettet: ' || begrundelse,
    jsonb_build_object('transaktion', pg_current_xact_id()::text, 'grund', grund, 'hele', hele));

  -- Name and address of today, and those that the history remembers.
  select array_agg(distinct navn) into navne from (
    select unnest(array[navn, email]) as navn from afdelinger_bruger where id = den_slettede
    union select unnest(array[data #>> '{foer,navn}', data #>> '{foer,email}']) from core_haendelse
      where objekttype = 'afdelinger.Bruger' and objekt_id = den_slettede) as fundne
  where length(navn) > 1;
  select array_agg(id) into andre from afdelinger_bruger where navn = any(navne) and id <> den_slettede;
  select array_agg(id) into andres_forloeb from elevforloeb_elev where bruger_id = any(andre);

  -- Whole names only: "Bo Berg" does not stand in "Bo Bergholt". Inside JSON a quotation mark looks different.
  select array_agg(form order by length(form) desc) into former from (
    select unnest(navne) as form
    union select substr(tal, 2, length(tal) - 2) from (select to_jsonb(unnest(navne))::text as tal) as som_json) as begge;
  select '(?<![0-9A-Za-zÀ-ž_.@+-])(?:' || string_agg(regexp_replace(form, '([][\\^$.|?*+(){}])', '\\\1', 'g'), '|')
      || ')(?:s|’)?(?![0-9A-Za-zÀ-ž_@-])' into moenster from unnest(former) as form;
  -- The same words for LIKE, which finds the few rows in question long before the pattern would.
  select array_agg('%' || regexp_replace(form, '([\\%_])', '\\\1', 'g') || '%') into lige from unnest(former) as form;

  select array_agg(id) into raekker from core_haendelse where tekst like any(lige) or data::text like any(lige);

  update core_haendelse set tekst = 'Oplysningerne er slettet', data = '{}'
  where handling <> 'person.slettet' and (
    (objekttype = 'elevforloeb.Elev' and objekt_id = any(forloeb))
    or (hele and objekttype = 'afdelinger.Bruger' and objekt_id = den_slettede));
  update core_haendelse set
    tekst = case when tekst ~ ('^' || moenster || ':') then 'Slettet person: oplysningen er slettet'
            else regexp_replace(tekst, moenster, 'Slettet person', 'g') end,
    data = regexp_replace(data::text, moenster, 'Slettet person', 'g')::jsonb
  where id = any(raekker) and (tekst ~ moenster or data::text ~ moenster) and (hele or objekttype = 'elevforloeb.Hold')
    and not (objekttype = 'afdelinger.Bruger' and objekt_id = any(coalesce(andre, '{}')))
    and not (objekttype = 'elevforloeb.Elev' and objekt_id = any(coalesce(andres_forloeb, '{}')));

  if hele then
    -- A search that would have found the person, or that holds a word of the name. Others of that name lose it too:
    -- rather a search text too many than a name left behind.
    select array_agg(distinct ord) into noegleord
      from unnest(navne) as n, unnest(string_to_array(dansk_fold(n), ' ')) as ord where length(ord) > 1;
    update core_opslag set soegetekst = '(slettet)'
    where soegetekst <> '' and (
      position(dansk_fold(soegetekst) in dansk_fold(array_to_string(navne, ' '))) > 0
      or string_to_array(dansk_fold(soegetekst), ' ') && noegleord);
    update afdelinger_bruger set navn = 'Slettet person', email = 'slettet-' || id || '@slettet.invalid', telefon = '',
      stilling = '', password = '!', last_login = null, is_active = false, slettet = now()
    where id = den_slettede;
  end if;
  return moenster;
end $$;
comment on function slet_spor(bigint, bigint, text, boolean) is
  'Erases one person''s traces and says so. Answers the pattern of the names, for the tables that the caller cleans.';
revoke all on function slet_spor(bigint, bigint, text, boolean) from public;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_slettefrist"),
        ("afdelinger", "0002_slettet"),
        ("elevforloeb", "0003_udkast_uden_version"),
    ]
    operations = [migrations.RunSQL(CREATE, "drop function slet_spor(bigint, bigint, text, boolean);")]
