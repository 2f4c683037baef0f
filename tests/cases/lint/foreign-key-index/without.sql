create table if not exists private.orders (
  id bigint primary key,
  buyer uuid references auth.users (id),
  shop int,
  constraint to_shop foreign key (shop) references private.shops (id)
);
-- expect: 3 foreign-key-index
-- expect: 5 foreign-key-index
