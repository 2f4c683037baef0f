create table if not exists public.a (id int primary key);
do $$
declare t text;
begin
  for t in select tablename from pg_tables where schemaname = 'public' loop
    execute format('alter table public.%I enable row level security', t);
    execute format('create policy p on public.%I for select using (id = 1)', t);
  end loop;
end $$;
