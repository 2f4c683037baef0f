create table m (id int primary key, v text) partition by hash (id);
create table h0 partition of m for values with (modulus 2, remainder 0);
create table h1 partition of m for values with (modulus 2, remainder 1);
