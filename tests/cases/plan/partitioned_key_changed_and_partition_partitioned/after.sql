create table a (id bigint not null, p int,  s varchar(10), primary key (id)) partition by hash (id);
create table a_0 partition of a for values with (modulus 3, remainder 0) partition by hash (id);
