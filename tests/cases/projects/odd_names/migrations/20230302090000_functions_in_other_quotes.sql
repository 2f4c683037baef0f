CREATE FUNCTION public.quote_test(a text, b text DEFAULT ';') RETURNS text LANGUAGE sql IMMUTABLE AS E'SELECT $1 || \';\' || $2 || \'\\n\'';
create or replace function public.nested() returns text language plpgsql as $a$
begin
  return $b$ $c$ deep; $c$ $b$ || $$;$$ || 'x';   /* $a */
end $a$;
