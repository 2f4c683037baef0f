create or replace function category_path(c integer) returns text language sql stable as $$
  with recursive up as (
    select id, parent, name, 1 as depth from categories where id = c
    union all
    select p.id, p.parent, p.name, up.depth + 1 from categories p join up on p.id = up.parent
  )
  select string_agg(name, ' › ' order by depth desc) from up
$$;
