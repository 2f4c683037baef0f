create function public.b() returns int language sql immutable as 'select 1';
create view public.v as select public.b() as x;
create view public.w as select x from public.v;
create table public.t (id int);
alter table public.t enable row level security;
create policy p on public.t using (id > public.b());
