create table public.t (id int, at timestamptz);
create function public.touch() returns trigger language plpgsql as $$ begin new.at = now(); return new; end $$;
create trigger touch before update on public.t for each row execute function public.touch();
comment on trigger touch on public.t is 'touches';
