create extension citext;
create function public.f() returns int language sql as 'select 1';
create table public.t (id int);
create function public.g() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger x after insert on public.t execute function public.g();
alter trigger x on public.t depends on extension citext;
