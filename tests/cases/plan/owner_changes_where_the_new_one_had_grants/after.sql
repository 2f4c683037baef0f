create table orders (id int, note text);
alter table orders owner to bob;
grant select on orders to alice;
