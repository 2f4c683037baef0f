create schema "Odd ""Schema";
create function "Odd ""Schema"."f (x, y)"("first, arg" int, "select" text default 'a,b)') returns text language sql as $b$ select '$$ no' $b$;
