create table orders (id int, "Total" numeric, note text);
grant select (id), update ("Total") on orders to alice;
grant insert (note) on orders to bob with grant option;
