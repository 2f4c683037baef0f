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

-- case: argument renamed
drop function app.minus(int, int);
create function app.minus(a int, b int) returns int language sql immutable as 'select $1 - $2';
-- expect: changed function app.minus(integer, integer): arguments
-- undo
drop function app.minus(int, int);
create function app.minus(int, int) returns int language sql immutable as 'select $1 - $2';

-- case: result is a table
drop function app.names(text);
create function app.names(prefix text) returns table (name text, size int) language sql stable rows 50
  as 'select prefix || x, 1 from unnest(array[''a'', ''b'']) x';
-- expect: changed function app.names(text): body, result
-- undo
drop function app.names(text);
create function app.names(prefix text) returns setof text language sql stable rows 50
  as 'select prefix || x from unnest(array[''a'', ''b'']) x';

-- case: several set at once
alter function app.total(numeric, numeric) security definer set search_path = '' set work_mem = '1MB';
-- expect: changed function app.total(numeric, numeric): security_definer, settings
-- undo
alter function app.total(numeric, numeric) security invoker reset all;

-- case: SQL body of several statements
create or replace function app.total(a numeric, b numeric default 1) returns numeric language sql immutable
  begin atomic select a; select a * b; end;
-- expect: changed function app.total(numeric, numeric): sql_body
-- undo
create or replace function app.total(a numeric, b numeric default 1) returns numeric language sql immutable
  return a * b;

-- case: granted with grant option
grant execute on function app.touch() to app_reader with grant option;
-- expect: changed function app.touch(): acl
-- undo
revoke execute on function app.touch() from app_reader;

-- case: moved to another schema
alter function app.minus(int, int) set schema public;
-- expect: added function public.minus(integer, integer)
-- expect: removed function app.minus(integer, integer)
-- undo
alter function public.minus(int, int) set schema app;

-- case: aggregate's final function and parallel safety
create or replace aggregate app.sum2(int) (sfunc = app.plus, stype = int, initcond = '0', finalfunc = int4abs,
  finalfunc_modify = shareable, combinefunc = app.plus, parallel = safe);
-- expect: changed aggregate app.sum2(integer): aggregate, parallel
-- undo
create or replace aggregate app.sum2(int) (sfunc = app.plus, stype = int, initcond = '0');

-- case: aggregate's sort operator
drop aggregate app.sum2(int);
create aggregate app.sum2(int) (sfunc = int4larger, stype = int, sortop = operator(pg_catalog.>));
-- expect: changed aggregate app.sum2(integer): aggregate
-- undo
drop aggregate app.sum2(int);
create aggregate app.sum2(int) (sfunc = app.plus, stype = int, initcond = '0');

-- case: aggregate over ordered sets
create aggregate app.middle(float8 order by anyelement) (sfunc = ordered_set_transition, stype = internal,
  finalfunc = percentile_disc_final, finalfunc_extra);
-- expect: added aggregate app.middle(double precision, anyelement)
-- undo
drop aggregate app.middle(float8 order by anyelement);

-- case: aggregate's comment, owner and grants
comment on aggregate app.sum2(int) is 'x';
alter aggregate app.sum2(int) owner to app_owner;
grant execute on function app.sum2(int) to app_reader;
-- expect: changed aggregate app.sum2(integer): acl, comment, owner
-- undo
revoke execute on function app.sum2(int) from app_reader;
alter aggregate app.sum2(int) owner to supabase_admin;
comment on aggregate app.sum2(int) is null;

-- case: procedure's rights and grants
alter procedure app.cleanup(interval) security definer;
revoke execute on procedure app.cleanup(interval) from public;
-- expect: changed procedure app.cleanup(interval): acl, security_definer
-- undo
alter procedure app.cleanup(interval) security invoker;
grant execute on procedure app.cleanup(interval) to public;

-- case: variadic and out arguments
create function app.many(variadic a int[], out b int, out c text) language sql as 'select 1, ''x''';
-- expect: added function app.many(integer[])
-- undo
drop function app.many(int[]);
