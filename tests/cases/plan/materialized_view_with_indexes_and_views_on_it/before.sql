create table public.t (id int, n int);
insert into public.t values (1, 2);
create materialized view public.m as select id, n from public.t;
create unique index m_id on public.m (id);
create index m_n on public.m (n desc) include (id);
comment on index public.m_n is 'by number';
create view public.v as select id from public.m;
grant select on public.v to alice;
