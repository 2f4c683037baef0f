create table public.t (id int, n int);
create function public.f() returns trigger language plpgsql as $$ begin return null; end $$;
create constraint trigger checked after insert on public.t for each row execute function public.f();
create trigger counted after update on public.t referencing new table as fresh for each statement execute function public.f();
create trigger plain after insert on public.t for each row execute function public.f();
