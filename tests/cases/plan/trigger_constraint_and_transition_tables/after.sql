create table public.t (id int, n int);
create function public.f() returns trigger language plpgsql as $$ begin return null; end $$;
create constraint trigger checked after insert or update on public.t deferrable initially deferred for each row execute function public.f();
comment on trigger checked on public.t is 'late';
create trigger counted after update on public.t referencing old table as stale new table as fresh for each statement execute function public.f();
create constraint trigger plain after insert on public.t for each row when (new.n > 1) execute function public.f();
