create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
do $$
declare
  one text;
begin
  for one in select unnest(array['a', 'b;c']) loop
    execute format('alter table private.t add column if not exists %I text', one);
  end loop;
exception when others then
  raise notice '%', sqlerrm;
end
$$;
do language plpgsql 'begin null; end';
