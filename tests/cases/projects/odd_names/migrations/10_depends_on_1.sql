-- by file name this one sorts before 1_depends_on_010.sql, by version after it
comment on view public.werke is 'Titel und Urheber; siehe Handbuch, S. 10';
create or replace view public.werke as
    select o."Titel", k.name as von, o."Inventar-Nr." as inventar from public."Objekte" o left join public."Künstler" k on k.id = o.kuenstler_id;
