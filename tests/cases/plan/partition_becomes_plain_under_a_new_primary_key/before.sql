create table b (id bigint not null) partition by hash (id);
create table b_1 partition of b for values with (modulus 3, remainder 1) partition by range (id);
