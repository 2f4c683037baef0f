-- case: rows
insert into app.customers (email, name) select 'a' || i || '@b', 'n' from generate_series(1, 200) i;
insert into app.orders (customer_id, quantity, price) select id, 1, 5 from app.customers;
update app.customers set name = 'm';
insert into app.events values ('2024-05-05', 'x'), ('2030-01-01', 'y');
delete from app.cache;

-- case: truncated
truncate app.customers cascade;

-- case: analyzed
analyze;

-- case: vacuumed
vacuum app.orders;
-- alone
vacuum (freeze, analyze) app.customers;
-- alone
vacuum full app.events_2024;

-- case: sequences advanced
select nextval('app.ticket'), nextval('app.orders_id_seq');
select setval('app.ticket', 500);
alter sequence app.ticket restart;

-- case: reindexed
reindex table app.orders;
-- alone
reindex index concurrently app.orders_customer;

-- case: clustered once
cluster app.orders using orders_customer;
alter table app.orders set without cluster;

-- case: refreshed
refresh materialized view app.order_totals;

-- case: temporary things
create temp table scratch (a int primary key);
create temp view scratch_view as select 1;
create function pg_temp.scratch_function() returns int language sql as 'select 1';

-- case: large object
select lo_create(0);

-- case: a role's password
alter role app_writer password 'geheim';

-- case: an index built concurrently and dropped
create index concurrently scratch_index on app.orders (price);
-- alone
drop index concurrently app.scratch_index;

-- case: a prepared transaction and an advisory lock
select pg_advisory_lock(1);

-- case: session settings of the reader
set search_path = app, public;
set datestyle = 'German';
set timezone = 'Asia/Tokyo';
set extra_float_digits = -3;
set quote_all_identifiers = on;
set intervalstyle = 'iso_8601';
set bytea_output = 'escape';
set standard_conforming_strings = off;

-- case: counted, statistics gathered and given back
create statistics app.later (ndistinct) on customer_id, note from app.orders;
insert into app.customers (id, email) values (900, 'later@b');
insert into app.orders (customer_id, quantity, price) select 900, i, i from generate_series(2, 50) i;
analyze app.orders;
drop statistics app.later;
-- alone
select count(*) from app.orders;

-- case: long values go to the toast table
insert into app.customers (email, notes) select 'toast@b', string_agg(md5(i::text), '') from generate_series(1, 3000) i;
-- alone
vacuum app.customers;

-- case: truncated with its sequence begun anew
truncate app.orders restart identity;

-- case: an identity begun anew
alter table app.customers alter id restart with 77;

-- case: sequence set to where it is
select setval('app.ticket', 100, false);

-- case: refreshed with no data
refresh materialized view app.order_totals with no data;
-- alone
refresh materialized view app.order_totals;

-- case: everything reindexed
reindex schema app;
-- alone
reindex system :DATABASE;

-- case: clustered and rewritten
cluster app.customers using customers_pkey;
alter table app.customers set without cluster;
-- alone
vacuum full app.customers;
-- alone
alter table app.customers set (fillfactor = 90);

-- case: the catalogs themselves vacuumed
vacuum full pg_catalog.pg_class;
-- alone
vacuum full pg_catalog.pg_attribute;
-- alone
vacuum analyze pg_catalog.pg_proc;

-- case: large objects with grants and a comment
select lo_create(424242);
grant select on large object 424242 to app_reader;
comment on large object 424242 is 'x';
alter large object 424242 owner to app_owner;

-- case: a prepared transaction that was rolled back
begin;
create table app.never (a int);
rollback;

-- case: a transaction with savepoints
begin;
savepoint one;
alter table app.orders add column never int;
rollback to one;
insert into app.cache values ('k', 'v');
commit;

-- case: an advisory lock
select pg_advisory_lock(1), pg_advisory_xact_lock(2);

-- case: statements prepared and a cursor held
prepare one as select * from app.orders;
declare held cursor with hold for select * from app.orders;
listen somewhere;
notify somewhere;

-- case: temporary things over those that stay
create temp table orders (a int);
create temp sequence ticket;
create temp table customers on commit drop as select 1;
grant select on pg_temp.orders to app_reader;
comment on table pg_temp.orders is 'x';

-- case: settings of the server
set allow_system_table_mods = on;
load 'plpgsql';
select pg_reload_conf();
checkpoint;

-- case: a partition filled, emptied and analyzed
insert into app.events values ('2024-02-02', 'x');
delete from app.events;
-- alone
analyze app.events;

-- case: a trigger that fired
create or replace function app.touch() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;
insert into app.customers (id, email, name) values (901, 'fired@b', 'n');
update app.customers set name = 'm' where id = 901;

-- case: what a subscription has come to
update pg_subscription set subskiplsn = '0/16' where subname = 'sub';
-- alone
update pg_subscription set subskiplsn = '0/0' where subname = 'sub';

-- case: a replication origin and a slot
select pg_replication_origin_create('somewhere');
select pg_create_physical_replication_slot('held');
select pg_drop_replication_slot('held');
select pg_replication_origin_drop('somewhere');

-- case: a snapshot exported
begin isolation level repeatable read;
select pg_export_snapshot();
commit;

-- case: indexes read and figures reset
set enable_seqscan = off;
select * from app.orders where customer_id = 1;
select pg_stat_reset();
