create table public.t (id int);
create view public.v as select id from public.t;
create function public.f() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger s before update on public.v for each statement execute function public.f();
create trigger tr before truncate on public.t execute function public.f();
