create schema "Odd ""Schema";
create function "Odd ""Schema"."f (x, y)"("first, arg" int, "select" text default 'c,d(') returns text language sql as $body$ select '$$ yes, $function$ too' $body$;
comment on function "Odd ""Schema"."f (x, y)"(int, text) is E'back\\slash ''quoted''';
