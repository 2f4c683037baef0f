alter table shops add column iban text check (iban ~ '^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$');
revoke select on shops from anon, authenticated;
grant select (id, owner, name, created_at, slug, description, logo_path, rating, review_count, country, lat, lon, plan) on shops to anon, authenticated;
