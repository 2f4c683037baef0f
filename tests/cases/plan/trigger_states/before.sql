create table public.t (id int);
create function public.f() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger a after insert on public.t execute function public.f();
create trigger b after insert on public.t execute function public.f();
alter table public.t disable trigger b;
create trigger c after insert on public.t execute function public.f();
