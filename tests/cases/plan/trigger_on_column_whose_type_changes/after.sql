create table public.t (id int, name text);
create function public.f() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger on_name before update of name on public.t for each row when (old.name is distinct from new.name) execute function public.f();
alter table public.t disable trigger on_name;
create rule no_delete as on delete to public.t where old.name = 'keep' do instead nothing;
