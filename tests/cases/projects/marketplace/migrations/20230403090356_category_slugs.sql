alter table categories add column slug text;
update categories set slug = lower(name);
alter table categories alter slug set not null, add unique (slug);
