create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
create or replace procedure private.in_batches() language plpgsql as $$
begin
  loop
    delete from private.t where id in (select id from private.t limit 100);
    exit when not found;
    commit;
  end loop;
end;
$$;
