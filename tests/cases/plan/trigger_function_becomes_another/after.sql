create schema hooks;
create table public.t (id int, at timestamptz);
create function hooks.touch() returns trigger language plpgsql as $$ begin new.at = now(); return new; end $$;
create trigger touch before insert or update of at on public.t for each row when (new.id > 0) execute function hooks.touch('a', 'b''c');
comment on trigger touch on public.t is 'touches';
