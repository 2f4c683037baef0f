create table b (id int not null, primary key (id)) partition by hash (id);
create table b_0 (like b including defaults including generated including constraints);
alter table b attach partition b_0 for values with (modulus 3, remainder 0);
