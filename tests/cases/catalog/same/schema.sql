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

-- case: comment set to the same and taken away and given back
comment on table app.customers is 'people who buy';
comment on column app.customers.name is null;
comment on column app.customers.name is 'full name';
comment on table app.orders is '';

-- case: default set to the same
alter table app.customers alter name set default 'x';
alter table app.customers alter name set default 'x'::text;
alter table app.customers alter name drop default, alter name set default 'x';

-- case: a column's type there and back
alter table public.plain alter c type varchar(20);
alter table public.plain alter c type text;

-- case: not null there and back
alter table app.orders alter note set not null;
alter table app.orders alter note drop not null;

-- case: column default privileges of everybody written out
alter default privileges for role app_owner grant all on tables to app_owner;
alter default privileges for role app_owner grant usage on types to public;

-- case: granted by two ways
grant all privileges on app.cache to app_reader;
revoke all on app.cache from app_reader;
grant select on all tables in schema public to app_reader;
revoke select on all tables in schema public from app_reader;

-- case: grant option given and taken
grant select on app.customers to app_reader with grant option;
revoke grant option for select on app.customers from app_reader;

-- case: the owner's own grants made explicit
revoke all on app.cache from supabase_admin;
grant all on app.cache to supabase_admin;
revoke all on schema app from app_owner;
grant usage, create on schema app to app_owner;

-- case: everybody's execute revoked and granted
revoke execute on function app.touch() from public;
grant execute on function app.touch() to public;

-- case: column grants in another order
revoke update (name, notes) on app.customers from app_writer;
grant update (notes, name) on app.customers to app_writer;

-- case: a schema's owner there and back
alter schema app owner to app_writer;
alter schema app owner to app_owner;

-- case: a function's owner, schema and name there and back
alter function app.minus(int, int) owner to app_owner;
alter function app.minus(int, int) set schema public;
alter function public.minus(int, int) rename to less;
alter function public.less(int, int) set schema app;
alter function app.less(int, int) rename to minus;
alter function app.minus(int, int) owner to supabase_admin;

-- case: a role renamed there and back, with a setting
alter role app_reader rename to app_looker;
alter role app_looker rename to app_reader;
alter role app_reader set work_mem = '5MB';
alter role app_reader reset work_mem;

-- case: a role's attributes there and back
alter role app_writer superuser createdb;
alter role app_writer nosuperuser nocreatedb;
alter role app_writer password null;
alter role app_writer valid until 'infinity';

-- case: a role made and dropped
create role app_passing;
grant select on app.orders to app_passing;
drop owned by app_passing;
drop role app_passing;

-- case: membership revoked and granted
revoke app_reader from app_writer;
grant app_reader to app_writer;

-- case: database settings there and back
alter database :DATABASE set work_mem = '1MB';
alter database :DATABASE reset work_mem;
alter role all set app.thing = 'x';
alter role all reset app.thing;

-- case: a trigger dropped and made again
drop trigger orders_touch on app.orders;
create trigger orders_touch before update on app.orders for each row
  when (old.note is distinct from new.note) execute function app.touch('a', 'b');

-- case: a rule replaced by itself
create or replace rule orders_no_delete as on delete to app.orders where old.quantity > 1000 do instead nothing;

-- case: a view dropped and made again, written otherwise
drop view public.simple;
create view public.simple (a, b) as
  SELECT p.a,   -- the first
         p.b
    FROM public.plain AS p;
drop view public.simple;
create view public.simple as select a, b from public.plain;

-- case: a view made under another search path
set search_path = app, public;
create or replace view order_view with (security_invoker) as
  select o.id, c.name, o.total from orders o join customers c on c.id = o.customer_id where o.quantity > 1;
alter view order_view set (security_invoker = true);

-- case: a materialized view dropped and made again
drop materialized view app.order_totals;
create materialized view app.order_totals as select customer_id, sum(total) as total from app.orders group by 1
  with no data;
create index order_totals_customer on app.order_totals (customer_id);

-- case: an option written as the same
alter view app.order_view set (security_invoker = true);
alter table app.customers set (fillfactor = 90);

-- case: an index made concurrently
drop index app.orders_customer;
-- alone
create index concurrently orders_customer on app.orders (customer_id);

-- case: a partition's index made first
drop index app.events_kind;
create index events_2024_kind_idx on app.events_2024 (kind);
create index events_rest_kind_idx on app.events_rest (kind);
create index events_kind on app.events (kind);

-- case: a partition's index attached by hand
drop index app.events_kind;
create index events_kind on only app.events (kind);
create index events_2024_kind_idx on app.events_2024 (kind);
create index events_rest_kind_idx on app.events_rest (kind);
alter index app.events_kind attach partition app.events_2024_kind_idx;
alter index app.events_kind attach partition app.events_rest_kind_idx;

-- case: a primary key by an index that was there
alter table app.cache drop constraint cache_pkey;
create unique index cache_key on app.cache (key);
alter table app.cache add constraint cache_pkey primary key using index cache_key;

-- case: a partition made apart and attached
drop table app.events_2024;
create table app.events_2024 (payload jsonb, kind text, at timestamptz not null);
alter table app.events_2024 drop column payload;
drop table app.events_2024;
create table app.events_2024 (like app.events);
alter table app.events attach partition app.events_2024 for values from ('2024-01-01') to ('2025-01-01');
alter table app.events_2024 rename constraint events_2024_pkey to kept;
alter table app.events_2024 rename constraint kept to events_2024_pkey;

-- case: inheritance taken away and given back
alter table app.special_doc no inherit app.base_doc;
drop table app.special_doc;
create table app.special_doc (extra text) inherits (app.base_doc);

-- case: storage set to what its type has
alter table app.orders alter note set storage extended;
alter table app.orders alter quantity set storage plain;
alter table app.orders alter note set compression default;
alter table app.orders alter note set compression pglz;
alter table app.orders alter note set compression default;

-- case: cluster and replica identity there and back
alter table app.orders cluster on orders_customer;
alter table app.orders set without cluster;
alter table app.orders replica identity full;
alter table app.orders replica identity default;

-- case: unlogged and logged
alter table public.plain set unlogged;
alter table public.plain set logged;

-- case: an identity and a sequence there and back
alter table app.customers alter id set generated always;
alter table app.customers alter id set generated by default;
alter sequence app.ticket increment 7;
alter sequence app.ticket increment 5;
alter sequence app.orders_id_seq owned by none;
alter sequence app.orders_id_seq owned by app.orders.id;

-- case: a domain's check there and back
alter domain app.email drop constraint email_at;
alter domain app.email add constraint email_at check (value like '%@%') not valid;
alter domain app.email validate constraint email_at;
alter domain app.code drop not null;
alter domain app.code set not null;

-- case: an enum's value renamed there and back
alter type app.mood rename value 'sad' to 'glum';
alter type app.mood rename value 'glum' to 'sad';

-- case: a composite's attribute added and dropped
drop table public.typed;
alter type app.address add attribute planet text;
alter type app.address drop attribute planet;
create table public.typed of app.address;

-- case: an extension's schema there and back
create schema nowhere;
alter extension citext set schema nowhere;
alter extension citext set schema public;
drop schema nowhere;

-- case: a publication's tables taken out and put in
alter publication pub drop table app.customers;
alter publication pub add table app.customers;
alter publication pub set (publish = 'delete, truncate, update, insert');
alter publication pub_schema drop tables in schema app;
alter publication pub_schema add tables in schema app;

-- case: a subscription's other server and publications in another order
alter subscription sub connection 'host=elsewhere dbname=y password=other';
alter subscription sub set publication remote_pub, another with (refresh = false);
alter subscription sub set publication another, remote_pub with (refresh = false);
alter subscription sub set publication remote_pub with (refresh = false);

-- case: a server's secret
alter server srv options (set password 'q');
alter user mapping for app_reader server srv options (set password 'y');
alter foreign data wrapper wrap options (set api_key 'def');

-- case: options of a server in another order
alter server srv options (drop host);
alter server srv options (add host 'h');

-- case: text search mappings in several steps
alter text search configuration app.conf drop mapping for word;
alter text search configuration app.conf add mapping for word with simple;

-- case: an operator family's members in another order
alter operator family app.fam using btree add operator 1 <(int2, int4), operator 5 >(int2, int4);
alter operator family app.fam using btree drop operator 5 (int2, int4), operator 1 (int2, int4);

-- case: a policy made in another way
drop policy write_orders on app.orders;
create policy write_orders on app.orders as permissive for all
  using (exists (select from app.customers c where c.id = orders.customer_id)) with check (((quantity < 100)));

-- case: a check with blanks and brackets
alter table app.customers drop constraint name_not_empty;
alter table app.customers add constraint name_not_empty check ( ( (name) <> ('') ) );

-- case: event trigger disabled and enabled
alter event trigger ddl_watch disable;
alter event trigger ddl_watch enable;

-- case: statistics object dropped and made again
drop statistics app.orders_stats;
create statistics app.orders_stats (dependencies) on quantity, customer_id from app.orders;

-- case: a foreign key's own triggers off and on
alter table app.orders disable trigger all;
alter table app.orders enable trigger all;

-- case: moved to a tablespace and back
alter table app.cache set tablespace app_space;
alter table app.cache set tablespace pg_default;
alter index app.orders_customer set tablespace app_space;
alter index app.orders_customer set tablespace pg_default;

-- case: language's grants there and back
revoke usage on language plpgsql from public;
grant usage on language plpgsql to public;

-- case: dropped and made again in another order
drop cast (app.address as text);
drop operator family app.fam using btree cascade;
create operator family app.fam using btree;
create operator class app.money2_ops for type int4 using btree family app.fam as
  function 1 btint4cmp(int4, int4), operator 5 >, operator 4 >=, operator 3 =, operator 2 <=, operator 1 <;
create cast (app.address as text) with inout;
