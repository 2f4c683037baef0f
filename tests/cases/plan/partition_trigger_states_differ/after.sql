create function public.f() returns trigger language plpgsql as $$ begin return new; end $$;
create table public.p (id int) partition by list (id);
create table public.p1 partition of public.p for values in (1);
create table public.p2 partition of public.p for values in (2);
create trigger t before insert on public.p for each row execute function public.f();
alter table public.p disable trigger t;
alter table public.p2 enable always trigger t;
