do $$
declare
  t text;
begin
  foreach t in array array['shops', 'orders', 'listing_variants', 'promotions'] loop
    execute format('alter table %I add column if not exists updated_at timestamptz not null default now()', t);
    execute format('create trigger %I before update on %I for each row execute function touch()', t || '_touch', t);
  end loop;
end $$;
