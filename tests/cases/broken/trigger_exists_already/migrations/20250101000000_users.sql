create table public.users (id uuid primary key, updated_at timestamptz);
create function public.touch() returns trigger language plpgsql as $$ begin new.updated_at := now(); return new; end $$;
create trigger touch before update on public.users for each row execute function public.touch();
