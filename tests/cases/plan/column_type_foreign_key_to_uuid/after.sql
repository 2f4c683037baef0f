create table a (id uuid primary key);
create table b (a_id uuid not null references a);
create table c (a_id uuid not null, constraint c_a foreign key (a_id) references a not valid);
