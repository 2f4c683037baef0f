-- case: granted twice
grant select on app.customers to app_reader;
grant usage on schema app to app_reader;

-- case: default grants written out
grant all on app.cache to supabase_admin;
grant execute on function app.touch() to public;
grant usage on type app.mood to public;
grant all on schema app to app_owner;
grant connect, temporary on database :DATABASE to public;

-- case: granted and revoked
grant insert on app.orders to app_reader, app_writer;
revoke insert on app.orders from app_writer;
revoke insert on app.orders from app_reader;
grant select (note) on app.orders to app_reader;
revoke select (note) on app.orders from app_reader;

-- case: grants in another order
revoke all on app.customers, app.order_view from app_reader;
revoke update (name, notes) on app.customers from app_writer;
grant insert on app.customers to app_writer;
grant select on app.order_view, app.customers to app_reader;
revoke insert on app.customers from app_writer;
grant update (notes) on app.customers to app_writer;
grant update (name) on app.customers to app_writer;

-- case: owner there and back
alter table app.orders owner to app_owner;
alter table app.orders owner to supabase_admin;

-- case: gaps of dropped columns
alter table app.orders add column gap int, add column gap2 text;
alter table app.orders drop column gap, drop column gap2;

-- case: created in another order
drop view public.simple;
drop table public.plain;
create table app.in_between (a int);
create table public.plain (gap int, a int, b int, c text);
alter table public.plain drop column gap;
create view public.simple as select a, b from public.plain;
drop table app.in_between;

-- case: renamed and back
alter table app.orders rename to orders2;
alter table app.orders2 rename to orders;
alter table app.orders rename column note to note2;
alter table app.orders rename column note2 to note;
alter schema app rename to app2;
alter schema app2 rename to app;

-- case: options in another order
alter table app.customers reset (fillfactor);
alter table app.customers set (autovacuum_enabled = true);
alter table app.customers set (fillfactor = 90);
alter table app.customers reset (autovacuum_enabled);

-- case: a policy's roles in another order and twice
alter policy "own orders" on app.orders to app_writer, app_reader, app_writer;

-- case: event trigger's tags in another order
drop event trigger ddl_watch;
create event trigger ddl_watch on ddl_command_end when tag in ('ALTER TABLE', 'CREATE TABLE')
  execute function app.on_ddl();

-- case: publication's tables in another order
alter publication pub set table app.customers, app.orders (quantity, id) where (quantity > 1);

-- case: view replaced by itself
create or replace view app.order_view with (security_invoker = true) as
  select o.id, c.name, o.total from app.orders o join app.customers c on c.id = o.customer_id where o.quantity > 1;

-- case: dropped and made again
drop policy "own orders" on app.orders;
create policy "own orders" on app.orders for select to app_reader, app_writer using (customer_id = 1);
drop index app.orders_customer;
create index orders_customer on app.orders (customer_id);
alter table app.orders drop constraint orders_quantity_check;
alter table app.orders add constraint orders_quantity_check check (quantity > 0);

-- case: validated afterwards
alter table app.orders drop constraint orders_customer_id_fkey;
alter table app.orders add constraint orders_customer_id_fkey foreign key (customer_id) references app.customers
  on delete cascade not valid;
alter table app.orders validate constraint orders_customer_id_fkey;

-- case: disabled and enabled
alter table app.orders disable trigger all;
alter table app.orders enable trigger all;
alter table app.orders disable row level security;
alter table app.orders enable row level security;

-- case: statistics target put back
alter table app.orders alter price set statistics 100;
alter table app.orders alter price set statistics -1;

-- case: partition detached and attached
alter table app.events detach partition app.events_2024;
alter table app.events attach partition app.events_2024 for values from ('2024-01-01') to ('2025-01-01');

-- case: enum made again in several steps
create type app.mood2 as enum ('happy');
alter type app.mood2 add value 'sad' before 'happy';
-- alone
alter type app.mood2 add value 'ok' after 'sad';
-- alone
alter table app.customers alter mood drop default;
alter table app.customers alter mood type app.mood2 using mood::text::app.mood2;
drop type app.mood;
alter type app.mood2 rename to mood;
alter table app.customers alter mood set default 'ok';

-- case: default written otherwise
alter table app.customers alter created_at set default '2024-03-01 10:00:00+00';
alter table app.customers alter tags set default array[]::text[];
alter table app.customers alter tags set default '{}';

-- case: default privileges there and back
alter default privileges for role app_owner grant insert on tables to app_reader;
alter default privileges for role app_owner revoke insert on tables from app_reader;

-- case: functions replaced by themselves
create or replace function app.plus(int, int) returns int language sql immutable as 'select $1 + $2';
alter function app.plus(int, int) owner to app_owner;
alter function app.plus(int, int) owner to supabase_admin;
