do
$do$
begin
    if not exists (select from pg_type where typname = 'Zustand' and typnamespace = 'public'::regnamespace) then
        create type public."Zustand" as enum ('sehr gut', 'gut', 'mäßig', 'schlecht');
    end if;
    execute 'alter table public."Objekte" add column if not exists "Zustand" public."Zustand" default ''gut''';
end
$do$;

do language plpgsql 'begin perform 1; raise notice ''fertig;''; end';
do $$ begin create policy "dürfen lesen" on public."LEIHGABEN" for select to authenticated using (true); exception when duplicate_object then null; when others then raise; end $$;
alter table public."LEIHGABEN" enable row level security;
