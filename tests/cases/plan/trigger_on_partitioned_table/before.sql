create table public.p (id int, d date) partition by range (d);
create table public.p1 partition of public.p for values from ('2020-01-01') to ('2021-01-01');
create function public.f() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger kept before insert on public.p for each row execute function public.f();
create trigger gone before insert on public.p for each row execute function public.f();
create trigger own before insert on public.p1 for each row execute function public.f();
