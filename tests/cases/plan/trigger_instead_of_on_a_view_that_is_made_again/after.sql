create table public.t (id int, name text);
create view public.v as select name, id from public.t;
create function public.put() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger put instead of insert or update on public.v for each row execute function public.put();
grant insert on public.v to alice;
