create or replace function private.f(p private.t) returns setof private.t language plpgsql as $$
declare
  r private.t%rowtype;
  m public.mood[];
  n private.t.id%type;
begin
  for r in select * from private.t loop
    return next r;
  end loop;
end;
$$;
