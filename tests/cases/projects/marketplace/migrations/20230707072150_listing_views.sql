create table listing_views (
  listing_id bigint not null,
  day date not null default current_date,
  views integer not null default 0,
  primary key (listing_id, day)
);
alter table listing_views enable row level security;
