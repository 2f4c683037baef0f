create table orders (id bigint primary key, total bigint, note text);
create publication pub for table orders (id, total) where (total > 10);
comment on publication pub is 'orders';
