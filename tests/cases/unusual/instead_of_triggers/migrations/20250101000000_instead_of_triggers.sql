create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
create view private.v as select id, note from private.t;
create or replace function private.into_t() returns trigger language plpgsql as $$ begin insert into private.t values (new.id, new.note); return new; end $$;
create trigger into_t instead of insert on private.v for each row execute function private.into_t();
insert into private.v values (5, 'through');
