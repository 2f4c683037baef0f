-- case: check added
alter table app.orders add constraint price_positive check (price > 0);
-- expect: added constraint price_positive on app.orders
-- undo
alter table app.orders drop constraint price_positive;

-- case: dropped
alter table app.orders drop constraint orders_quantity_check;
-- expect: removed constraint orders_quantity_check on app.orders
-- undo
alter table app.orders add constraint orders_quantity_check check (quantity > 0);

-- case: check's expression
alter table app.orders drop constraint orders_quantity_check;
alter table app.orders add constraint orders_quantity_check check (quantity >= 0);
-- expect: changed constraint orders_quantity_check on app.orders: definition
-- undo
alter table app.orders drop constraint orders_quantity_check;
alter table app.orders add constraint orders_quantity_check check (quantity > 0);

-- case: check not valid
alter table app.orders drop constraint orders_quantity_check;
alter table app.orders add constraint orders_quantity_check check (quantity > 0) not valid;
-- expect: changed constraint orders_quantity_check on app.orders: definition, validated
-- undo
alter table app.orders validate constraint orders_quantity_check;

-- case: check not enforced
-- from: 18
alter table app.orders drop constraint orders_quantity_check;
alter table app.orders add constraint orders_quantity_check check (quantity > 0) not enforced;
-- expect: changed constraint orders_quantity_check on app.orders: definition, validated
-- undo
alter table app.orders drop constraint orders_quantity_check;
alter table app.orders add constraint orders_quantity_check check (quantity > 0);

-- case: check not inherited
alter table app.orders drop constraint orders_quantity_check;
alter table app.orders add constraint orders_quantity_check check (quantity > 0) no inherit;
-- expect: changed constraint orders_quantity_check on app.orders: definition, no_inherit
-- undo
alter table app.orders drop constraint orders_quantity_check;
alter table app.orders add constraint orders_quantity_check check (quantity > 0);

-- case: check on a parent, inherited
alter table app.base_doc add constraint title_short check (length(title) < 9);
-- expect: added constraint title_short on app.base_doc
-- expect: added constraint title_short on app.special_doc
-- undo
alter table app.base_doc drop constraint title_short;

-- case: foreign key's action
alter table app.orders drop constraint orders_customer_id_fkey;
alter table app.orders add constraint orders_customer_id_fkey foreign key (customer_id) references app.customers
  on delete set null;
-- expect: changed constraint orders_customer_id_fkey on app.orders: definition
-- undo
alter table app.orders drop constraint orders_customer_id_fkey;
alter table app.orders add constraint orders_customer_id_fkey foreign key (customer_id) references app.customers
  on delete cascade;

-- case: foreign key not valid
alter table app.orders drop constraint orders_customer_id_fkey;
alter table app.orders add constraint orders_customer_id_fkey foreign key (customer_id) references app.customers
  on delete cascade not valid;
-- expect: changed constraint orders_customer_id_fkey on app.orders: definition, validated
-- undo
alter table app.orders validate constraint orders_customer_id_fkey;

-- case: foreign key deferrable
alter table app.orders alter constraint orders_customer_id_fkey deferrable;
-- expect: changed constraint orders_customer_id_fkey on app.orders: deferrable, definition
-- undo
alter table app.orders alter constraint orders_customer_id_fkey not deferrable;

-- case: foreign key deferred
alter table app.orders alter constraint orders_customer_id_fkey deferrable initially deferred;
-- expect: changed constraint orders_customer_id_fkey on app.orders: deferrable, deferred, definition
-- undo
alter table app.orders alter constraint orders_customer_id_fkey not deferrable;

-- case: foreign key's triggers disabled
alter table app.orders disable trigger all;
-- expect: changed constraint orders_customer_id_fkey on app.orders: triggers_disabled
-- expect: changed trigger orders_touch on app.orders: enabled
-- undo
alter table app.orders enable trigger all;

-- case: foreign key to a partitioned table
create table app.refs (at timestamptz constraint to_events references app.events);
-- expect: added table app.refs
-- expect: added column app.refs.at
-- expect: added constraint to_events on app.refs
-- undo
drop table app.refs;

-- case: unique not distinct
alter table app.customers drop constraint customers_email_key;
alter table app.customers add constraint customers_email_key unique nulls not distinct (email) deferrable;
-- expect: changed constraint customers_email_key on app.customers: definition
-- undo
alter table app.customers drop constraint customers_email_key;
alter table app.customers add constraint customers_email_key unique (email) deferrable;

-- case: primary key renamed
alter table app.cache rename constraint cache_pkey to cache_key;
-- expect: removed constraint cache_pkey on app.cache
-- expect: added constraint cache_key on app.cache
-- undo
alter table app.cache rename constraint cache_key to cache_pkey;

-- case: primary key dropped
alter table app.cache drop constraint cache_pkey;
alter table app.cache alter key set not null;
-- expect: removed constraint cache_pkey on app.cache
-- undo
alter table app.cache add primary key (key);

-- case: index options of a primary key
alter index app.cache_pkey set (fillfactor = 70);
-- expect: changed constraint cache_pkey on app.cache: index_options
-- undo
alter index app.cache_pkey reset (fillfactor);

-- case: clustered on a primary key
alter table app.cache cluster on cache_pkey;
-- expect: changed constraint cache_pkey on app.cache: index_clustered
-- undo
alter table app.cache set without cluster;

-- case: replica identity by a primary key
alter table app.cache replica identity using index cache_pkey;
-- expect: changed constraint cache_pkey on app.cache: index_replica_identity
-- expect: changed table app.cache: replica_identity
-- undo
alter table app.cache replica identity default;

-- case: comment on the index of a primary key
comment on index app.cache_pkey is 'x';
-- expect: changed constraint cache_pkey on app.cache: index_comment
-- undo
comment on index app.cache_pkey is null;

-- case: invalid index of a primary key
update pg_index set indisvalid = false where indexrelid = 'app.cache_pkey'::regclass;
-- expect: changed constraint cache_pkey on app.cache: index_valid
-- undo
update pg_index set indisvalid = true where indexrelid = 'app.cache_pkey'::regclass;

-- case: comment
comment on constraint orders_quantity_check on app.orders is 'positive';
-- expect: changed constraint orders_quantity_check on app.orders: comment
-- undo
comment on constraint orders_quantity_check on app.orders is null;

-- case: exclusion's operator
alter table app.orders drop constraint orders_during_excl;
alter table app.orders add constraint orders_during_excl exclude using gist (during with -|-);
-- expect: changed constraint orders_during_excl on app.orders: definition
-- undo
alter table app.orders drop constraint orders_during_excl;
alter table app.orders add constraint orders_during_excl exclude using gist (during with &&);

-- case: another type under the same name
alter table app.orders drop constraint orders_quantity_check;
alter table app.orders add constraint orders_quantity_check unique (quantity);
-- expect: changed constraint orders_quantity_check on app.orders: definition, index_clustered, index_replica_identity, index_valid, no_inherit, type
-- undo
alter table app.orders drop constraint orders_quantity_check;
alter table app.orders add constraint orders_quantity_check check (quantity > 0);

-- case: foreign key's match and update action
alter table app.orders drop constraint orders_customer_id_fkey;
alter table app.orders add constraint orders_customer_id_fkey foreign key (customer_id) references app.customers
  match full on update cascade on delete cascade;
-- expect: changed constraint orders_customer_id_fkey on app.orders: definition
-- undo
alter table app.orders drop constraint orders_customer_id_fkey;
alter table app.orders add constraint orders_customer_id_fkey foreign key (customer_id) references app.customers
  on delete cascade;

-- case: foreign key sets only some columns null
alter table app.orders drop constraint orders_customer_id_fkey;
alter table app.orders add constraint orders_customer_id_fkey foreign key (customer_id) references app.customers
  on delete set null (customer_id);
-- expect: changed constraint orders_customer_id_fkey on app.orders: definition
-- undo
alter table app.orders drop constraint orders_customer_id_fkey;
alter table app.orders add constraint orders_customer_id_fkey foreign key (customer_id) references app.customers
  on delete cascade;

-- case: unique no longer deferrable
alter table app.customers drop constraint customers_email_key;
alter table app.customers add constraint customers_email_key unique (email);
-- expect: changed constraint customers_email_key on app.customers: deferrable, definition
-- undo
alter table app.customers drop constraint customers_email_key;
alter table app.customers add constraint customers_email_key unique (email) deferrable;

-- case: unique with a column included
alter table app.customers drop constraint customers_email_key;
alter table app.customers add constraint customers_email_key unique (email) include (name) deferrable;
-- expect: changed constraint customers_email_key on app.customers: definition
-- undo
alter table app.customers drop constraint customers_email_key;
alter table app.customers add constraint customers_email_key unique (email) deferrable;

-- case: exclusion only where
alter table app.orders drop constraint orders_during_excl;
alter table app.orders add constraint orders_during_excl exclude using gist (during with &&) where (quantity > 1);
-- expect: changed constraint orders_during_excl on app.orders: definition
-- undo
alter table app.orders drop constraint orders_during_excl;
alter table app.orders add constraint orders_during_excl exclude using gist (during with &&);

-- case: index of an exclusion depends on an extension
alter index app.orders_during_excl depends on extension hstore;
-- expect: changed constraint orders_during_excl on app.orders: index_depends_on_extensions
-- undo
alter index app.orders_during_excl no depends on extension hstore;

-- case: statistics target of an exclusion's expression changed
alter table app.orders drop constraint orders_during_excl;
alter table app.orders add constraint orders_during_excl exclude using btree (lower(note) with =);
alter index app.orders_during_excl alter column 1 set statistics 7;
-- expect: changed constraint orders_during_excl on app.orders: definition, index_statistics
-- undo
alter table app.orders drop constraint orders_during_excl;
alter table app.orders add constraint orders_during_excl exclude using gist (during with &&);

-- case: check on a partition alone
alter table app.events_2024 add constraint early check (kind <> 'late');
-- expect: added constraint early on app.events_2024
-- undo
alter table app.events_2024 drop constraint early;

-- case: primary key without overlaps
-- from: 18
create table app.stay (room int4range, during daterange, constraint stay_pkey primary key (room, during without overlaps));
-- expect: added column app.stay.during
-- expect: added column app.stay.room
-- expect: added constraint stay_pkey on app.stay
-- expect: added table app.stay
-- undo
drop table app.stay;

-- case: overlaps allowed
-- from: 18
alter table app.orders drop constraint orders_during_excl;
alter table app.orders add column room int4range, add column stay daterange not null default 'empty';
alter table app.orders add constraint orders_during_excl unique (room, stay without overlaps);
-- expect: added column app.orders.room
-- expect: added column app.orders.stay
-- expect: changed constraint orders_during_excl on app.orders: definition, type
-- undo
alter table app.orders drop constraint orders_during_excl;
alter table app.orders drop column room, drop column stay;
alter table app.orders add constraint orders_during_excl exclude using gist (during with &&);

-- case: foreign key over a period
-- from: 18
create table app.stay (room int4range, during daterange, primary key (room, during without overlaps));
create table app.bill (room int4range, during daterange,
  constraint bill_stay foreign key (room, period during) references app.stay (room, period during));
-- expect: added column app.bill.during
-- expect: added column app.bill.room
-- expect: added column app.stay.during
-- expect: added column app.stay.room
-- expect: added constraint bill_stay on app.bill
-- expect: added constraint stay_pkey on app.stay
-- expect: added table app.bill
-- expect: added table app.stay
-- undo
drop table app.bill, app.stay;

-- case: foreign key not enforced
-- from: 18
alter table app.orders alter constraint orders_customer_id_fkey not enforced;
-- expect: changed constraint orders_customer_id_fkey on app.orders: definition, validated
-- undo
alter table app.orders alter constraint orders_customer_id_fkey enforced;
