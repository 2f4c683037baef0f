start transaction;
create schema if not exists private;
commit;
begin isolation level serializable;
create table if not exists private.t (id int primary key, note text);
end;
insert into private.t values (1, 'a');
