create table orders (id int, "Total" numeric, note text);
grant select (id, "Total") on orders to alice;
grant select (note), references (id) on orders to public;
grant insert (note) on orders to bob;
