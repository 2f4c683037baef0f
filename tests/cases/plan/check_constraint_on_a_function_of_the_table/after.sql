create table public.t (id int, parent int);
create function public.depth(id int) returns int language sql stable as 'select count(*)::int from public.t where t.parent = $1';
alter table public.t add constraint shallow check (public.depth(id) < 10);
create policy seen on public.t using (public.depth(id) > 0);
