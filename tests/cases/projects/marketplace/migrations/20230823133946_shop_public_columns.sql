create view public_shops with (security_barrier) as
  select id, name, slug, description, logo_path, rating, review_count from shops;
grant select on public_shops to anon;
