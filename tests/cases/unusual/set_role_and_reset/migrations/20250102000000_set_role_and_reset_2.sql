create table if not exists private.u (id int);
