alter table listings add column updated_at timestamptz not null default now();
create function touch() returns trigger language plpgsql as $$ begin new.updated_at = now(); return new; end $$;
create trigger listings_touch before update on listings for each row execute function touch();
