alter table shops add column country char(2) not null default 'DE';
create or replace view public_shops with (security_barrier) as
  select id, name, slug, description, logo_path, rating, review_count, country from shops;
