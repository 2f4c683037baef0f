create extension citext;
create function public.f() returns int language sql as 'select 1';
alter function public.f() depends on extension citext;
create table public.t (id int);
create function public.g() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger x after insert on public.t execute function public.g();
