create table b (id int not null, primary key (id)) partition by hash (id);
create table b_0 (like b including defaults including generated including constraints);
alter table b attach partition b_0 for values with (modulus 3, remainder 0);
create table b_1 (like b including defaults including generated including constraints);
alter table b attach partition b_1 for values with (modulus 3, remainder 1);
create index b_only on only b (id);
create index on b_0(id);
alter index b_only attach partition b_0_id_idx;
