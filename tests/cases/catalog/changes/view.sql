-- case: created
create view app.v as select 1 as one;
-- expect: added view app.v
-- undo
drop view app.v;

-- case: query
create or replace view public.simple as select a, b from public.plain where a > 0;
-- expect: changed view public.simple: definition
-- undo
create or replace view public.simple as select a, b from public.plain;

-- case: column added
create or replace view public.simple as select a, b, c from public.plain;
-- expect: changed view public.simple: columns, definition
-- undo
drop view public.simple;
create view public.simple as select a, b from public.plain;

-- case: column renamed
alter view public.simple rename a to aa;
-- expect: changed view public.simple: columns, definition
-- undo
alter view public.simple rename aa to a;

-- case: security invoker off
alter view app.order_view set (security_invoker = false);
-- expect: changed view app.order_view: options
-- undo
alter view app.order_view set (security_invoker = true);

-- case: security invoker lost
alter view app.order_view reset (security_invoker);
-- expect: changed view app.order_view: options
-- undo
alter view app.order_view set (security_invoker = true);

-- case: security barrier
alter view public.simple set (security_barrier);
-- expect: changed view public.simple: options
-- undo
alter view public.simple reset (security_barrier);

-- case: check option
create or replace view public.simple as select a, b from public.plain with local check option;
-- expect: changed view public.simple: options
-- undo
alter view public.simple reset (check_option);

-- case: owner
alter view public.simple owner to app_owner;
-- expect: changed view public.simple: owner
-- undo
alter view public.simple owner to supabase_admin;

-- case: granted
grant update on public.simple to app_writer;
-- expect: changed view public.simple: acl
-- undo
revoke update on public.simple from app_writer;

-- case: comment
comment on view app.order_view is null;
-- expect: changed view app.order_view: comment
-- undo
comment on view app.order_view is 'orders with names';

-- case: materialized view's query
drop materialized view app.order_totals;
create materialized view app.order_totals as select customer_id, sum(total) + 1 as total from app.orders group by 1;
create index order_totals_customer on app.order_totals (customer_id);
-- expect: changed materialized_view app.order_totals: definition
-- undo
drop materialized view app.order_totals;
create materialized view app.order_totals as select customer_id, sum(total) as total from app.orders group by 1;
create index order_totals_customer on app.order_totals (customer_id);

-- case: materialized view's options
alter materialized view app.order_totals set (fillfactor = 50);
-- expect: changed materialized_view app.order_totals: options
-- undo
alter materialized view app.order_totals reset (fillfactor);

-- case: materialized view's access method
alter materialized view app.order_totals set access method heap2;
-- expect: changed materialized_view app.order_totals: access_method
-- undo
alter materialized view app.order_totals set access method heap;

-- case: materialized view's owner
alter materialized view app.order_totals owner to app_owner;
-- expect: changed materialized_view app.order_totals: owner
-- undo
alter materialized view app.order_totals owner to supabase_admin;

-- case: materialized view granted
grant select on app.order_totals to app_reader;
-- expect: changed materialized_view app.order_totals: acl
-- undo
revoke select on app.order_totals from app_reader;

-- case: materialized view's comment
comment on materialized view app.order_totals is 'x';
-- expect: changed materialized_view app.order_totals: comment
-- undo
comment on materialized view app.order_totals is null;

-- case: materialized view depends on an extension
alter materialized view app.order_totals depends on extension citext;
-- expect: changed materialized_view app.order_totals: depends_on_extensions
-- undo
alter materialized view app.order_totals no depends on extension citext;

-- case: rule created
create rule no_insert as on insert to app.cache do instead nothing;
-- expect: added rule no_insert on app.cache
-- undo
drop rule no_insert on app.cache;

-- case: rule's action
create or replace rule orders_no_delete as on delete to app.orders where old.quantity > 1001 do instead nothing;
-- expect: changed rule orders_no_delete on app.orders: definition
-- undo
create or replace rule orders_no_delete as on delete to app.orders where old.quantity > 1000 do instead nothing;

-- case: rule disabled
alter table app.orders disable rule orders_no_delete;
-- expect: changed rule orders_no_delete on app.orders: enabled
-- undo
alter table app.orders enable rule orders_no_delete;

-- case: rule always
alter table app.orders enable always rule orders_no_delete;
-- expect: changed rule orders_no_delete on app.orders: enabled
-- undo
alter table app.orders enable rule orders_no_delete;

-- case: rule's comment
comment on rule orders_no_delete on app.orders is 'x';
-- expect: changed rule orders_no_delete on app.orders: comment
-- undo
comment on rule orders_no_delete on app.orders is null;

-- case: materialized view's columns
drop materialized view app.order_totals;
create materialized view app.order_totals as select customer_id, sum(total) as sum from app.orders group by 1;
create index order_totals_customer on app.order_totals (customer_id);
-- expect: changed materialized_view app.order_totals: columns, definition
-- undo
drop materialized view app.order_totals;
create materialized view app.order_totals as select customer_id, sum(total) as total from app.orders group by 1;
create index order_totals_customer on app.order_totals (customer_id);

-- case: materialized view's toast options
drop materialized view app.order_totals;
create materialized view app.order_totals with (toast.autovacuum_enabled = false)
  as select customer_id, sum(total) as total from app.orders group by 1;
create index order_totals_customer on app.order_totals (customer_id);
-- expect: changed materialized_view app.order_totals: toast_options
-- undo
drop materialized view app.order_totals;
create materialized view app.order_totals as select customer_id, sum(total) as total from app.orders group by 1;
create index order_totals_customer on app.order_totals (customer_id);

-- case: statistics target of a materialized view's column
alter materialized view app.order_totals alter total set statistics 7;
-- expect: added column app.order_totals.total
-- undo
alter materialized view app.order_totals alter total set statistics -1;

-- case: options of a materialized view's column
alter materialized view app.order_totals alter total set (n_distinct = 3);
-- expect: added column app.order_totals.total
-- undo
alter materialized view app.order_totals alter total reset (n_distinct);

-- case: materialized view clustered
alter materialized view app.order_totals cluster on order_totals_customer;
-- expect: changed index app.order_totals_customer: clustered
-- undo
alter materialized view app.order_totals set without cluster;

-- case: comment on a materialized view's column
comment on column app.order_totals.total is 'x';
-- expect: added column app.order_totals.total
-- undo
comment on column app.order_totals.total is null;

-- case: recursive
create recursive view app.numbers (n) as values (1) union all select n + 1 from numbers where n < 9;
-- expect: added view app.numbers
-- undo
drop view app.numbers;

-- case: a column it reads was renamed
alter table public.plain rename column b to bb;
-- expect: added column public.plain.bb
-- expect: changed view public.simple: definition
-- expect: removed column public.plain.b
-- undo
alter table public.plain rename column bb to b;
alter view public.simple rename column b to bb;
alter view public.simple rename column bb to b;

-- case: grant on a materialized view's column
grant select (total) on app.order_totals to app_reader;
-- expect: added column app.order_totals.total
-- undo
revoke select (total) on app.order_totals from app_reader;

-- case: rule's condition
create or replace rule orders_no_delete as on delete to app.orders where old.quantity > 9 do instead nothing;
-- expect: changed rule orders_no_delete on app.orders: definition
-- undo
create or replace rule orders_no_delete as on delete to app.orders where old.quantity > 1000 do instead nothing;

-- case: rule renamed
alter rule orders_no_delete on app.orders rename to never_delete;
-- expect: added rule never_delete on app.orders
-- expect: removed rule orders_no_delete on app.orders
-- undo
alter rule never_delete on app.orders rename to orders_no_delete;

-- case: rule of a view
create rule simple_insert as on insert to public.simple do instead insert into public.plain values (new.a, new.b);
-- expect: added rule simple_insert on public.simple
-- undo
drop rule simple_insert on public.simple;

-- case: trigger of a view
create trigger simple_insert instead of insert on public.simple for each row execute function app.touch();
-- expect: added trigger simple_insert on public.simple
-- undo
drop trigger simple_insert on public.simple;
