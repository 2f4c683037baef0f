-- case: created
create sequence app.s;
-- expect: added sequence app.s
-- undo
drop sequence app.s;

-- case: type
alter sequence app.ticket as integer;
-- expect: changed sequence app.ticket: max, type
-- undo
alter sequence app.ticket as bigint;

-- case: start
alter sequence app.ticket start 101;
-- expect: changed sequence app.ticket: start
-- undo
alter sequence app.ticket start 100;

-- case: increment
alter sequence app.ticket increment 6;
-- expect: changed sequence app.ticket: increment
-- undo
alter sequence app.ticket increment 5;

-- case: bounds
alter sequence app.ticket minvalue 50 maxvalue 5000;
-- expect: changed sequence app.ticket: max, min
-- undo
alter sequence app.ticket minvalue 1 no maxvalue;

-- case: cache
alter sequence app.ticket cache 30;
-- expect: changed sequence app.ticket: cache
-- undo
alter sequence app.ticket cache 3;

-- case: cycle
alter sequence app.ticket cycle;
-- expect: changed sequence app.ticket: cycle
-- undo
alter sequence app.ticket no cycle;

-- case: owned by
alter sequence app.ticket owned by app.orders.quantity;
-- expect: changed sequence app.ticket: of_identity, owned_by
-- undo
alter sequence app.ticket owned by none;

-- case: unlogged
alter sequence app.ticket set unlogged;
-- expect: changed sequence app.ticket: persistence
-- undo
alter sequence app.ticket set logged;

-- case: owner
alter sequence app.ticket owner to app_owner;
-- expect: changed sequence app.ticket: owner
-- undo
alter sequence app.ticket owner to supabase_admin;

-- case: granted
grant usage on sequence app.ticket to app_writer;
-- expect: changed sequence app.ticket: acl
-- undo
revoke usage on sequence app.ticket from app_writer;

-- case: comment
comment on sequence app.ticket is 'x';
-- expect: changed sequence app.ticket: comment
-- undo
comment on sequence app.ticket is null;

-- case: owned by no column
alter sequence app.orders_id_seq owned by none;
-- expect: changed sequence app.orders_id_seq: of_identity, owned_by
-- undo
alter sequence app.orders_id_seq owned by app.orders.id;

-- case: of an identity column
alter table app.customers alter id set increment 7 set maxvalue 9000 set cycle;
-- expect: changed sequence app.customers_id_seq: cycle, increment, max
-- undo
alter table app.customers alter id set increment 1 set no maxvalue set no cycle;

-- case: renamed
alter sequence app.ticket rename to tickets;
-- expect: added sequence app.tickets
-- expect: removed sequence app.ticket
-- undo
alter sequence app.tickets rename to ticket;
