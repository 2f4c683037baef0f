-- case: created
create table app.new_one (a int);
-- expect: added table app.new_one
-- expect: added column app.new_one.a
-- undo
drop table app.new_one;

-- case: dropped
drop table app.base_doc cascade;
create table app.special_doc (id int, title text, extra text);
-- expect: removed table app.base_doc
-- expect: removed column app.base_doc.id
-- expect: removed column app.base_doc.title
-- expect: changed table app.special_doc: parents
-- expect: changed column app.special_doc.id: inherited, local
-- expect: changed column app.special_doc.title: inherited, local
-- undo
drop table app.special_doc;
create table app.base_doc (id int, title text);
create table app.special_doc (extra text) inherits (app.base_doc);

-- case: renamed
alter table app.base_doc rename to base_docs;
-- expect: removed table app.base_doc
-- expect: removed column app.base_doc.id
-- expect: removed column app.base_doc.title
-- expect: added table app.base_docs
-- expect: added column app.base_docs.id
-- expect: added column app.base_docs.title
-- expect: changed table app.special_doc: parents
-- undo
alter table app.base_docs rename to base_doc;

-- case: moved to another schema
alter table public.plain set schema app;
-- expect: removed table public.plain
-- expect: removed column public.plain.a
-- expect: removed column public.plain.b
-- expect: removed column public.plain.c
-- expect: added table app.plain
-- expect: added column app.plain.a
-- expect: added column app.plain.b
-- expect: added column app.plain.c
-- expect: changed view public.simple: definition
-- undo
alter table app.plain set schema public;

-- case: owner
alter table app.orders owner to app_owner;
-- expect: changed table app.orders: owner
-- expect: changed sequence app.orders_id_seq: owner
-- undo
alter table app.orders owner to supabase_admin;

-- case: granted
grant insert, delete on app.orders to app_writer;
-- expect: changed table app.orders: acl
-- undo
revoke insert, delete on app.orders from app_writer;

-- case: grant option added
grant select on app.customers to app_reader with grant option;
-- expect: changed table app.customers: acl
-- undo
revoke grant option for select on app.customers from app_reader;

-- case: granted to everybody
grant select on app.cache to public;
-- expect: changed table app.cache: acl
-- undo
revoke select on app.cache from public;

-- case: the owner revoked from itself
revoke truncate on app.cache from supabase_admin;
-- expect: changed table app.cache: acl
-- undo
grant truncate on app.cache to supabase_admin;

-- case: the owner lost everything
revoke all on app.cache from supabase_admin;
-- expect: changed table app.cache: acl
-- undo
grant all on app.cache to supabase_admin;

-- case: granted by somebody else
grant select on app.customers to app_reader with grant option;
set role app_reader;
grant select on app.customers to app_writer;
reset role;
-- expect: changed table app.customers: acl, acl_grantors
-- undo
set role app_reader;
revoke select on app.customers from app_writer;
reset role;
revoke grant option for select on app.customers from app_reader;

-- case: maintain granted
-- from: 17
grant maintain on app.cache to app_reader;
-- expect: changed table app.cache: acl
-- undo
revoke maintain on app.cache from app_reader;

-- case: row security off
alter table app.orders disable row level security;
-- expect: changed table app.orders: row_security
-- undo
alter table app.orders enable row level security;

-- case: row security on
alter table app.cache enable row level security;
-- expect: changed table app.cache: row_security
-- undo
alter table app.cache disable row level security;

-- case: row security forced
alter table app.orders force row level security;
-- expect: changed table app.orders: force_row_security
-- undo
alter table app.orders no force row level security;

-- case: options
alter table app.customers set (fillfactor = 80, autovacuum_enabled = false);
-- expect: changed table app.customers: options
-- undo
alter table app.customers set (fillfactor = 90);
alter table app.customers reset (autovacuum_enabled);

-- case: toast options
alter table app.customers set (toast.autovacuum_enabled = false);
-- expect: changed table app.customers: toast_options
-- undo
alter table app.customers reset (toast.autovacuum_enabled);

-- case: became unlogged
alter table public.plain set unlogged;
-- expect: changed table public.plain: persistence
-- undo
alter table public.plain set logged;

-- case: replica identity full
alter table app.orders replica identity full;
-- expect: changed table app.orders: replica_identity
-- undo
alter table app.orders replica identity default;

-- case: replica identity by an index
alter table app.orders alter note set not null;
alter table app.orders replica identity using index orders_note_key;
-- expect: changed table app.orders: replica_identity
-- expect: changed index app.orders_note_key: replica_identity
-- expect: changed column app.orders.note: not_null
-- undo
alter table app.orders replica identity default;
alter table app.orders alter note drop not null;

-- case: access method
alter table public.plain set access method heap2;
-- expect: changed table public.plain: access_method
-- undo
alter table public.plain set access method heap;

-- case: comment changed
comment on table app.customers is 'those who buy';
-- expect: changed table app.customers: comment
-- undo
comment on table app.customers is 'people who buy';

-- case: comment added
comment on table app.orders is 'x';
-- expect: changed table app.orders: comment
-- undo
comment on table app.orders is null;

-- case: inherits no more
alter table app.special_doc no inherit app.base_doc;
-- expect: changed table app.special_doc: parents
-- expect: changed column app.special_doc.id: inherited, local
-- expect: changed column app.special_doc.title: inherited, local

-- case: inherits from a second parent
create table app.second (extra text);
alter table app.special_doc inherit app.second;
-- expect: added table app.second
-- expect: added column app.second.extra
-- expect: changed table app.special_doc: parents
-- expect: changed column app.special_doc.extra: inherited
-- undo
alter table app.special_doc no inherit app.second;
drop table app.second;

-- case: of a type no more
alter table public.typed not of;
-- expect: changed table public.typed: of_type
-- undo
alter table public.typed of app.address;

-- case: partition detached
-- before: 18
alter table app.events detach partition app.events_2024;
-- expect: changed table app.events_2024: parents, partition_bound
-- expect: changed column app.events_2024.at: inherited, local
-- expect: changed column app.events_2024.kind: inherited, local
-- expect: changed column app.events_2024.payload: inherited, local
-- expect: changed constraint events_2024_pkey on app.events_2024: inherited, local, parent
-- expect: changed index app.events_2024_kind_idx: parent
-- expect: removed trigger events_touch on app.events_2024
-- undo
alter table app.events attach partition app.events_2024 for values from ('2024-01-01') to ('2025-01-01');

-- case: partition detached, and its NOT NULL keeps the parent's name
-- from: 18
alter table app.events detach partition app.events_2024;
-- expect: changed table app.events_2024: parents, partition_bound
-- expect: changed column app.events_2024.at: inherited, local, not_null_name
-- expect: changed column app.events_2024.kind: inherited, local
-- expect: changed column app.events_2024.payload: inherited, local
-- expect: changed constraint events_2024_pkey on app.events_2024: inherited, local, parent
-- expect: changed index app.events_2024_kind_idx: parent
-- expect: removed trigger events_touch on app.events_2024
-- undo
alter table app.events attach partition app.events_2024 for values from ('2024-01-01') to ('2025-01-01');

-- case: partition's bound
alter table app.events detach partition app.events_2024;
alter table app.events attach partition app.events_2024 for values from ('2024-01-01') to ('2024-07-01');
-- expect: changed table app.events_2024: partition_bound
-- undo
alter table app.events detach partition app.events_2024;
alter table app.events attach partition app.events_2024 for values from ('2024-01-01') to ('2025-01-01');

-- case: partition key
drop table app.events;
create table app.events (at timestamptz primary key, kind text, payload jsonb) partition by list (at);
create table app.events_rest partition of app.events default;
create index events_kind on app.events (kind);
-- expect: changed table app.events: partition_key
-- expect: removed table app.events_2024
-- expect: removed column app.events_2024.at
-- expect: removed column app.events_2024.kind
-- expect: removed column app.events_2024.payload
-- expect: removed constraint events_2024_pkey on app.events_2024
-- expect: removed index app.events_2024_kind_idx
-- expect: removed trigger events_touch on app.events
-- expect: removed trigger events_touch on app.events_2024
-- expect: removed trigger events_touch on app.events_rest

-- case: partition added
create table app.events_2025 partition of app.events for values from ('2025-01-01') to ('2026-01-01');
-- expect: added table app.events_2025
-- expect: added column app.events_2025.at
-- expect: added column app.events_2025.kind
-- expect: added column app.events_2025.payload
-- expect: added constraint events_2025_pkey on app.events_2025
-- expect: added index app.events_2025_kind_idx
-- expect: added trigger events_touch on app.events_2025
-- undo
drop table app.events_2025;

-- case: foreign table's options
alter foreign table app.remote_orders options (set table_name 'o2');
-- expect: changed foreign_table app.remote_orders: foreign_options
-- undo
alter foreign table app.remote_orders options (set table_name 'orders');

-- case: foreign table dropped
drop foreign table app.remote_orders;
-- expect: removed foreign_table app.remote_orders
-- expect: removed column app.remote_orders.id
-- expect: removed column app.remote_orders.note
-- undo
create foreign table app.remote_orders (id int options (column_name 'oid'), note text) server srv
  options (table_name 'orders');

-- case: partition's detachment left half done
set allow_system_table_mods = on;
update pg_inherits set inhdetachpending = true where inhrelid = 'app.events_2024'::regclass;
-- expect: changed table app.events_2024: parents
-- undo
set allow_system_table_mods = on;
update pg_inherits set inhdetachpending = false where inhrelid = 'app.events_2024'::regclass;

-- case: order of parents
create table app.second (extra text);
create table app.two (id int, title text, extra text) inherits (app.base_doc, app.second);
-- expect: added column app.second.extra
-- expect: added column app.two.extra
-- expect: added column app.two.id
-- expect: added column app.two.title
-- expect: added table app.second
-- expect: added table app.two
-- undo
drop table app.two, app.second;

-- case: order of parents changed
drop table app.special_doc;
create table app.second (id int, title text, extra text);
create table app.special_doc () inherits (app.second, app.base_doc);
-- expect: added column app.second.extra
-- expect: added column app.second.id
-- expect: added column app.second.title
-- expect: added table app.second
-- expect: changed column app.special_doc.extra: inherited, local
-- expect: changed column app.special_doc.id: inherited
-- expect: changed column app.special_doc.title: inherited
-- expect: changed table app.special_doc: parents
-- undo
drop table app.special_doc;
drop table app.second;
create table app.special_doc (extra text) inherits (app.base_doc);

-- case: replica identity nothing
alter table app.orders replica identity nothing;
-- expect: changed table app.orders: replica_identity
-- undo
alter table app.orders replica identity default;

-- case: of a type
create table public.typed2 of app.address (zip with options not null);
-- expect: added column public.typed2.city
-- expect: added column public.typed2.street
-- expect: added column public.typed2.zip
-- expect: added table public.typed2
-- undo
drop table public.typed2;

-- case: partition by hash with partitions
create table app.hashed (id int, part int) partition by hash (id);
create table app.hashed_0 partition of app.hashed for values with (modulus 2, remainder 0);
create table app.hashed_1 partition of app.hashed for values with (modulus 2, remainder 1) partition by list (part);
create table app.hashed_1a partition of app.hashed_1 for values in (1, null);
-- expect: added column app.hashed.id
-- expect: added column app.hashed.part
-- expect: added column app.hashed_0.id
-- expect: added column app.hashed_0.part
-- expect: added column app.hashed_1.id
-- expect: added column app.hashed_1.part
-- expect: added column app.hashed_1a.id
-- expect: added column app.hashed_1a.part
-- expect: added table app.hashed
-- expect: added table app.hashed_0
-- expect: added table app.hashed_1
-- expect: added table app.hashed_1a
-- undo
drop table app.hashed;

-- case: default partition became one with bounds
alter table app.events detach partition app.events_rest;
alter table app.events attach partition app.events_rest for values from ('2026-01-01') to (maxvalue);
-- expect: changed table app.events_rest: partition_bound
-- undo
alter table app.events detach partition app.events_rest;
alter table app.events attach partition app.events_rest default;

-- case: revoked from its owner by name
revoke all on app.customers from app_owner;
-- expect: changed table app.customers: acl
-- undo
grant all on app.customers to app_owner;

-- case: granted by a named grantor
grant select on app.cache to app_reader with grant option;
set role app_reader;
grant select on app.cache to app_writer granted by current_user;
reset role;
-- expect: changed table app.cache: acl, acl_grantors
-- undo
revoke select on app.cache from app_reader cascade;

-- case: a table from a query
create table app.copied as select id, name from app.customers with no data;
-- expect: added column app.copied.id
-- expect: added column app.copied.name
-- expect: added table app.copied
-- undo
drop table app.copied;

-- case: a table like another
create table app.alike (like app.orders including all);
-- expect: added column app.alike.customer_id
-- expect: added column app.alike.during
-- expect: added column app.alike.id
-- expect: added column app.alike.note
-- expect: added column app.alike.price
-- expect: added column app.alike.quantity
-- expect: added column app.alike.total
-- expect: added constraint alike_during_excl on app.alike
-- expect: added constraint alike_pkey on app.alike
-- expect: added constraint orders_quantity_check on app.alike
-- expect: added index app.alike_customer_id_idx
-- expect: added index app.alike_lower_price_quantity_idx
-- expect: added index app.alike_note_idx
-- expect: added statistics app.alike_customer_id_quantity_stat
-- expect: added table app.alike
-- undo
drop table app.alike;
