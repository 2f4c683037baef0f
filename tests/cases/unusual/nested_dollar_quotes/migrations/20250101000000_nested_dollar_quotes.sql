create schema if not exists private;
create or replace function private.outer_one() returns text language plpgsql as $outer$
declare
  made text := $inner$ select $$;$$ || '$' $inner$;
begin
  execute $q$do $body$ begin perform 1; end $body$$q$;
  return made;
end;
$outer$;
