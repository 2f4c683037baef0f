create table public.p (id int, d date) partition by range (d);
create table public.p1 partition of public.p for values from ('2020-01-01') to ('2021-01-01');
create table public.p2 partition of public.p for values from ('2021-01-01') to ('2022-01-01');
create function public.f() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger kept before insert or update on public.p for each row execute function public.f();
alter table public.p1 disable trigger kept;
create trigger come after delete on public.p for each row execute function public.f();
alter table public.p disable trigger come;
