select 1;

create tabel t (id int);
-- expect: 3 syntax
