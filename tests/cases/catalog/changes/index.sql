-- case: created
create index orders_price on app.orders (price);
-- expect: added index app.orders_price
-- undo
drop index app.orders_price;

-- case: dropped
drop index app.orders_customer;
-- expect: removed index app.orders_customer
-- undo
create index orders_customer on app.orders (customer_id);

-- case: unique no more
drop index app.orders_note_key;
create index orders_note_key on app.orders (note);
-- expect: changed index app.orders_note_key: definition
-- undo
drop index app.orders_note_key;
create unique index orders_note_key on app.orders (note);

-- case: predicate
drop index app.orders_expensive;
create index orders_expensive on app.orders using btree (lower(note), price desc nulls last) include (quantity)
  where price > 101;
-- expect: changed index app.orders_expensive: definition
-- undo
drop index app.orders_expensive;
create index orders_expensive on app.orders using btree (lower(note), price desc nulls last) include (quantity)
  where price > 100;

-- case: sort order
drop index app.orders_customer;
create index orders_customer on app.orders (customer_id desc);
-- expect: changed index app.orders_customer: definition
-- undo
drop index app.orders_customer;
create index orders_customer on app.orders (customer_id);

-- case: method
drop index app.orders_customer;
create index orders_customer on app.orders using hash (customer_id);
-- expect: changed index app.orders_customer: definition
-- undo
drop index app.orders_customer;
create index orders_customer on app.orders (customer_id);

-- case: operator class
drop index app.orders_note_key;
create unique index orders_note_key on app.orders (note text_pattern_ops);
-- expect: changed index app.orders_note_key: definition
-- undo
drop index app.orders_note_key;
create unique index orders_note_key on app.orders (note);

-- case: options
alter index app.orders_customer set (fillfactor = 50);
-- expect: changed index app.orders_customer: definition
-- undo
alter index app.orders_customer reset (fillfactor);

-- case: invalid
update pg_index set indisvalid = false where indexrelid = 'app.orders_customer'::regclass;
-- expect: changed index app.orders_customer: valid
-- undo
update pg_index set indisvalid = true where indexrelid = 'app.orders_customer'::regclass;

-- case: clustered
alter table app.orders cluster on orders_customer;
-- expect: changed index app.orders_customer: clustered
-- undo
alter table app.orders set without cluster;

-- case: statistics target
alter index app.orders_expensive alter column 1 set statistics 300;
-- expect: changed index app.orders_expensive: statistics
-- undo
alter index app.orders_expensive alter column 1 set statistics -1;

-- case: depends on an extension
alter index app.orders_customer depends on extension citext;
-- expect: changed index app.orders_customer: depends_on_extensions
-- undo
alter index app.orders_customer no depends on extension citext;

-- case: attached to a partitioned index
create index events_payload on only app.events (payload);
create index events_2024_payload on app.events_2024 (payload);
alter index app.events_payload attach partition app.events_2024_payload;
-- expect: added index app.events_payload
-- expect: added index app.events_2024_payload
-- undo
drop index app.events_payload;

-- case: comment
comment on index app.orders_customer is 'x';
-- expect: changed index app.orders_customer: comment
-- undo
comment on index app.orders_customer is null;

-- case: renamed
alter index app.orders_customer rename to orders_by_customer;
-- expect: removed index app.orders_customer
-- expect: added index app.orders_by_customer
-- undo
alter index app.orders_by_customer rename to orders_customer;

-- case: on another table
drop index app.orders_customer;
create index orders_customer on app.customers (name);
-- expect: changed index app.orders_customer: definition, table
-- undo
drop index app.orders_customer;
create index orders_customer on app.orders (customer_id);

-- case: another column included
drop index app.orders_expensive;
create index orders_expensive on app.orders using btree (lower(note), price desc nulls last) include (quantity, total)
  where price > 100;
-- expect: changed index app.orders_expensive: definition
-- undo
drop index app.orders_expensive;
create index orders_expensive on app.orders using btree (lower(note), price desc nulls last) include (quantity)
  where price > 100;

-- case: nulls are not distinct
drop index app.orders_note_key;
create unique index orders_note_key on app.orders (note) nulls not distinct;
-- expect: changed index app.orders_note_key: definition
-- undo
drop index app.orders_note_key;
create unique index orders_note_key on app.orders (note);

-- case: another collation
drop index app.orders_note_key;
create unique index orders_note_key on app.orders (note collate "C");
-- expect: changed index app.orders_note_key: definition
-- undo
drop index app.orders_note_key;
create unique index orders_note_key on app.orders (note);

-- case: options of the operator class
create index orders_words on app.orders using gist (to_tsvector('simple', note) tsvector_ops (siglen = 100));
-- expect: added index app.orders_words
-- undo
drop index app.orders_words;

-- case: could not be built
insert into app.customers (id, email, name) values (7, 'a@b', 'n');
insert into app.orders (customer_id, quantity, price) values (7, 1, 1), (7, 1, 1);
-- alone
do $$ begin create unique index orders_twice on app.orders (quantity); exception when unique_violation then end $$;
create index orders_twice on app.orders (quantity);
update pg_index set indisvalid = false where indexrelid = 'app.orders_twice'::regclass;
-- expect: added index app.orders_twice
-- undo
drop index app.orders_twice;
truncate app.customers cascade;

-- case: of a partitioned table without its partitions
create index events_payload on only app.events (payload);
-- expect: added index app.events_payload
-- undo
drop index app.events_payload;

-- case: of a partitioned table, one partition attached
create index events_payload on only app.events (payload);
create index rest_payload on app.events_rest (payload);
alter index app.events_payload attach partition app.rest_payload;
-- expect: added index app.events_payload
-- expect: added index app.rest_payload
-- undo
drop index app.events_payload;

-- case: of a materialized view
drop index app.order_totals_customer;
-- expect: removed index app.order_totals_customer
-- undo
create index order_totals_customer on app.order_totals (customer_id);

-- case: reset of its options
alter index app.orders_customer set (fillfactor = 50, deduplicate_items = off);
-- expect: changed index app.orders_customer: definition
-- undo
alter index app.orders_customer reset (fillfactor, deduplicate_items);
