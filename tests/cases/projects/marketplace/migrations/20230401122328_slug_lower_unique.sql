alter table shops drop constraint shops_slug_key;
create unique index shops_slug_lower_key on shops (lower(slug));
