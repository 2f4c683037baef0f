create table if not exists private.orders (
  id bigint primary key references private.things (id),
  buyer uuid references auth.users (id),
  shop int not null references private.shops (id),
  a int,
  b int,
  unique (shop, buyer),
  foreign key (b, a) references private.pairs (b, a)
);
create index if not exists i on private.orders (buyer, shop);
create index on private.orders using btree (a, b desc);
