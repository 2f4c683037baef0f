create table public.a (id int);
create table public.b (id int);
create function public.f() returns trigger language plpgsql security definer set search_path = '' as $$ begin return new; end $$;
create trigger x after insert on public.a for each row execute function public.f('1');
create trigger x after insert or update on public.b for each row execute function public.f('2');
alter table public.b enable always trigger x;
