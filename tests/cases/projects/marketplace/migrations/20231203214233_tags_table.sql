begin;
create table tags (id serial primary key, name text not null unique check (name = lower(name)));
create table listing_tags (
  listing_id bigint references listings on delete cascade,
  tag_id int references tags on delete cascade,
  primary key (listing_id, tag_id)
);
insert into tags (name) select distinct lower(t) from listings, unnest(tags) t;
insert into listing_tags select l.id, g.id from listings l, unnest(l.tags) t join tags g on g.name = lower(t) on conflict do nothing;
commit;
