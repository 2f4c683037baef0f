create table orders (id int, note text);
alter table orders owner to alice;
grant select, insert on orders to bob with grant option;
grant select (note) on orders to bob;
revoke delete on orders from alice;
