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
