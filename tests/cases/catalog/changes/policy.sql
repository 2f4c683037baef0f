-- case: created
create policy p on app.cache using (true);
-- expect: added policy p on app.cache
-- undo
drop policy p on app.cache;

-- case: dropped
drop policy write_orders on app.orders;
-- expect: removed policy write_orders on app.orders
-- undo
create policy write_orders on app.orders for all to public
  using (exists (select from app.customers c where c.id = customer_id)) with check (quantity < 100);

-- case: using
alter policy "own orders" on app.orders using (true);
-- expect: changed policy "own orders" on app.orders: using
-- undo
alter policy "own orders" on app.orders using (customer_id = 1);

-- case: check
alter policy write_orders on app.orders with check (quantity < 101);
-- expect: changed policy write_orders on app.orders: check
-- undo
alter policy write_orders on app.orders with check (quantity < 100);

-- case: roles
alter policy "own orders" on app.orders to app_reader;
-- expect: changed policy "own orders" on app.orders: roles
-- undo
alter policy "own orders" on app.orders to app_reader, app_writer;

-- case: roles public
alter policy "own orders" on app.orders to public;
-- expect: changed policy "own orders" on app.orders: roles
-- undo
alter policy "own orders" on app.orders to app_writer, app_reader;

-- case: command
drop policy "own orders" on app.orders;
create policy "own orders" on app.orders for delete to app_reader, app_writer using (customer_id = 1);
-- expect: changed policy "own orders" on app.orders: command
-- undo
drop policy "own orders" on app.orders;
create policy "own orders" on app.orders for select to app_reader, app_writer using (customer_id = 1);

-- case: restrictive
drop policy "own orders" on app.orders;
create policy "own orders" on app.orders as restrictive for select to app_reader, app_writer using (customer_id = 1);
-- expect: changed policy "own orders" on app.orders: permissive
-- undo
drop policy "own orders" on app.orders;
create policy "own orders" on app.orders for select to app_reader, app_writer using (customer_id = 1);

-- case: renamed
alter policy write_orders on app.orders rename to "Write orders";
-- expect: removed policy write_orders on app.orders
-- expect: added policy "Write orders" on app.orders
-- undo
alter policy "Write orders" on app.orders rename to write_orders;

-- case: comment
comment on policy write_orders on app.orders is 'x';
-- expect: changed policy write_orders on app.orders: comment
-- undo
comment on policy write_orders on app.orders is null;

-- case: the function it calls was renamed
create policy calls on app.customers using (app.plus(1, 2) = 3);
alter function app.plus(int, int) rename to add_up;
-- expect: added function app.add_up(integer, integer)
-- expect: added policy calls on app.customers
-- expect: changed aggregate app.sum2(integer): aggregate
-- expect: changed operator app.#+#(integer, integer): function
-- expect: removed function app.plus(integer, integer)
-- undo
alter function app.add_up(int, int) rename to plus;
drop policy calls on app.customers;

-- case: on a partition
create policy p on app.events_2024 as restrictive for delete to public using (false);
-- expect: added policy p on app.events_2024
-- undo
drop policy p on app.events_2024;
