delete from listing_views v where not exists (select from listings l where l.id = v.listing_id);
alter table listing_views add foreign key (listing_id) references listings on delete cascade;
