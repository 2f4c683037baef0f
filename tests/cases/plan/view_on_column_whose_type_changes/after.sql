create table public.t (id int primary key, n bigint);
create view public.a with (security_invoker = true) as select id, n from public.t;
create view public.b as select a.n from public.a;
create materialized view public.m as select n from public.b;
create unique index m_n on public.m (n);
alter view public.a alter column n set default 7;
grant select on public.b to alice;
grant select (n) on public.a to bob;
comment on column public.a.n is 'number';
