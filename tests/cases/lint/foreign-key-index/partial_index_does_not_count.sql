create table if not exists private.orders (
  buyer uuid references auth.users (id)
);
create index if not exists i on private.orders (buyer) where buyer is not null;
-- expect: 2 foreign-key-index
