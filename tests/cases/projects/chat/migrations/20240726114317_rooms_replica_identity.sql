-- a row filter on a column outside the key needs the old value
create unique index rooms_id_listed_uq on public.rooms (id, is_listed);
alter table public.rooms replica identity using index rooms_id_listed_uq;
