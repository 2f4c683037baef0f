-- case: created
create function app.f() returns int language sql as 'select 1';
-- expect: added function app.f()
-- undo
drop function app.f();

-- case: overloaded
create function app.plus(bigint, int) returns int language sql as 'select 1';
-- expect: added function app.plus(bigint, integer)
-- undo
drop function app.plus(bigint, int);

-- case: body
create or replace function app.touch() returns trigger language plpgsql as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end
$$;
-- expect: changed function app.touch(): body
-- undo
create or replace function app.touch() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;

-- case: one blank in the body
create or replace function app.plus(int, int) returns int language sql immutable as 'select $1 +  $2';
-- expect: changed function app.plus(integer, integer): body
-- undo
create or replace function app.plus(int, int) returns int language sql immutable as 'select $1 + $2';

-- case: SQL body
create or replace function app.total(a numeric, b numeric default 1) returns numeric language sql immutable
  return a * b + 1;
-- expect: changed function app.total(numeric, numeric): sql_body
-- undo
create or replace function app.total(a numeric, b numeric default 1) returns numeric language sql immutable
  return a * b;

-- case: default of an argument
create or replace function app.total(a numeric, b numeric default 2) returns numeric language sql immutable
  return a * b;
-- expect: changed function app.total(numeric, numeric): arguments
-- undo
create or replace function app.total(a numeric, b numeric default 1) returns numeric language sql immutable
  return a * b;

-- case: result
drop function app.names(text);
create function app.names(prefix text) returns setof varchar language sql stable rows 50
  as 'select prefix || x from unnest(array[''a'', ''b'']) x';
-- expect: changed function app.names(text): result
-- undo
drop function app.names(text);
create function app.names(prefix text) returns setof text language sql stable rows 50
  as 'select prefix || x from unnest(array[''a'', ''b'']) x';

-- case: language
set check_function_bodies = off;
create or replace function app.plus(int, int) returns int language plpgsql immutable as 'select $1 + $2';
reset check_function_bodies;
-- expect: changed function app.plus(integer, integer): language
-- undo
create or replace function app.plus(int, int) returns int language sql immutable as 'select $1 + $2';

-- case: volatility
alter function app.plus(int, int) stable;
-- expect: changed function app.plus(integer, integer): volatility
-- undo
alter function app.plus(int, int) immutable;

-- case: parallel
alter function app.plus(int, int) parallel safe;
-- expect: changed function app.plus(integer, integer): parallel
-- undo
alter function app.plus(int, int) parallel unsafe;

-- case: security definer
alter function app.plus(int, int) security definer;
-- expect: changed function app.plus(integer, integer): security_definer
-- undo
alter function app.plus(int, int) security invoker;

-- case: leakproof
alter function app.plus(int, int) leakproof;
-- expect: changed function app.plus(integer, integer): leakproof
-- undo
alter function app.plus(int, int) not leakproof;

-- case: strict
alter function app.plus(int, int) strict;
-- expect: changed function app.plus(integer, integer): strict
-- undo
alter function app.plus(int, int) called on null input;

-- case: cost
alter function app.plus(int, int) cost 7.5;
-- expect: changed function app.plus(integer, integer): cost
-- undo
alter function app.plus(int, int) cost 100;

-- case: rows
alter function app.names(text) rows 51;
-- expect: changed function app.names(text): rows
-- undo
alter function app.names(text) rows 50;

-- case: support function
alter function app.plus(int, int) support pg_catalog.generate_series_int4_support;
-- expect: changed function app.plus(integer, integer): support
-- undo
create or replace function app.plus(int, int) returns int language sql immutable as 'select $1 + $2';

-- case: search path set
alter function app.touch() set search_path = '';
-- expect: changed function app.touch(): settings
-- undo
alter function app.touch() reset search_path;

-- case: transforms
create function app.with_transform(int) returns int language sql transform for type int as 'select 1';
-- expect: added function app.with_transform(integer)
-- undo
drop function app.with_transform(int);

-- case: owner
alter function app.plus(int, int) owner to app_owner;
-- expect: changed function app.plus(integer, integer): owner
-- undo
alter function app.plus(int, int) owner to supabase_admin;

-- case: revoked from everybody
revoke execute on function app.plus(int, int) from public;
-- expect: changed function app.plus(integer, integer): acl
-- undo
grant execute on function app.plus(int, int) to public;

-- case: granted
grant execute on function app.touch() to app_reader;
-- expect: changed function app.touch(): acl
-- undo
revoke execute on function app.touch() from app_reader;

-- case: depends on an extension
alter function app.touch() depends on extension citext;
-- expect: changed function app.touch(): depends_on_extensions
-- undo
alter function app.touch() no depends on extension citext;

-- case: comment
comment on function app.touch() is 'x';
-- expect: changed function app.touch(): comment
-- undo
comment on function app.touch() is null;

-- case: procedure's body
create or replace procedure app.cleanup(older interval) language plpgsql as $$ begin perform 2; end $$;
-- expect: changed procedure app.cleanup(interval): body
-- undo
create or replace procedure app.cleanup(older interval) language plpgsql as $$ begin perform 1; end $$;

-- case: procedure became a function
drop procedure app.cleanup(interval);
create function app.cleanup(older interval) returns void language plpgsql as $$ begin perform 1; end $$;
-- expect: removed procedure app.cleanup(interval)
-- expect: added function app.cleanup(interval)
-- undo
drop function app.cleanup(interval);
create procedure app.cleanup(older interval) language plpgsql as $$ begin perform 1; end $$;

-- case: aggregate's initial value
create or replace aggregate app.sum2(int) (sfunc = app.plus, stype = int, initcond = '1');
-- expect: changed aggregate app.sum2(integer): aggregate
-- undo
create or replace aggregate app.sum2(int) (sfunc = app.plus, stype = int, initcond = '0');

-- case: aggregate's moving state
create or replace aggregate app.sum2(int) (sfunc = app.plus, stype = int, initcond = '0',
  msfunc = app.plus, minvfunc = app.minus, mstype = int, minitcond = '0', combinefunc = app.plus);
-- expect: changed aggregate app.sum2(integer): aggregate
-- undo
create or replace aggregate app.sum2(int) (sfunc = app.plus, stype = int, initcond = '0');

-- case: window function
create function app.w() returns bigint language internal window immutable strict as 'window_row_number';
-- expect: added function app.w()
-- undo
drop function app.w();

-- case: library
create or replace function app.in_c(cstring) returns hstore language c immutable strict as '$libdir/hstore.so', 'hstore_in';
-- expect: changed function app.in_c(cstring): library
-- undo
create or replace function app.in_c(cstring) returns hstore language c immutable strict as '$libdir/hstore', 'hstore_in';

-- case: became a window function
drop function app.minus(int, int);
create function app.minus(int, int) returns int language internal window immutable cost 100 as 'window_row_number';
-- expect: changed function app.minus(integer, integer): body, language, window
-- undo
drop function app.minus(int, int);
create function app.minus(int, int) returns int language sql immutable as 'select $1 - $2';

-- case: transforms used
create or replace function app.minus(int, int) returns int language sql transform for type int immutable
  as 'select $1 - $2';
-- expect: changed function app.minus(integer, integer): transforms
-- undo
drop function app.minus(int, int);
create function app.minus(int, int) returns int language sql immutable as 'select $1 - $2';
