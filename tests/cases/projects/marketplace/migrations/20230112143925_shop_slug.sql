alter table shops add column slug text;
update shops set slug = lower(regexp_replace(name, '[^a-zA-Z0-9]+', '-', 'g'));
alter table shops alter column slug set not null;
alter table shops add constraint shops_slug_key unique (slug);
