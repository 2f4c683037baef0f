create table public.t (id int, n int);
create materialized view public.m as select id, n + 1 as n, 'x'::text as x from public.t where n > 0;
create unique index m_id on public.m (id);
create index m_n on public.m (n desc) include (id);
comment on index public.m_n is 'by number';
create view public.v as select id from public.m;
grant select on public.v to alice;
