create schema if not exists private;
create function private.plus(a text, b text) returns text language sql immutable as $$ select a || b $$;
create operator private.<+> (leftarg = text, rightarg = text, function = private.plus);
select 'a' operator(private.<+>) 'b', 1::text, '{1,2}'::int[], '[1,3)'::int4range @> 2;
create domain private.email as text check (value ~ '^[^@;]+@[^@]+$');
create type private.pair as (a int, b text);
create aggregate private.joined (text) (sfunc = private.plus, stype = text, initcond = '');
