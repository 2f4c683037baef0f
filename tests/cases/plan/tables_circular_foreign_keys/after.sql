create table a (id int primary key, b int);
create table b (id int primary key, a int references a, c int);
create table c (id int primary key, a int references a(id) on delete cascade);
alter table a add constraint a_b foreign key (b) references b deferrable initially deferred;
alter table b add constraint b_c foreign key (c) references c on update set null;
