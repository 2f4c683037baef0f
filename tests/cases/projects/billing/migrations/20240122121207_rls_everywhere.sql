-- Belt and braces: nobody but service_role gets in anyway.
do $$
declare
  t regclass;
begin
  for t in
    select c.oid::regclass
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'billing' and c.relkind in ('r', 'p')
     order by c.relname
  loop
    execute format('alter table %s enable row level security', t);
  end loop;
end $$;

create policy customers_self on billing.customers for select to authenticated using (user_id = (select auth.uid()));
