create table b (id bigint not null,  primary key (id)) partition by hash (id);
create table b_1 (like b including defaults including generated including constraints);
alter table b attach partition b_1 for values with (modulus 3, remainder 1);
