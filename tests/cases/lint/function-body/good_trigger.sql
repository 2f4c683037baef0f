create or replace function private.touch() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and new.a is distinct from old.a then
    new.updated_at := now();
  end if;
  return new;
end;
$$;
