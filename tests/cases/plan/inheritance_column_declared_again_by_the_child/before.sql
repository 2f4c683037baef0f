create table base (id int primary key, created timestamptz default now(), constraint pos check (id > 0));
create table child (name text) inherits (base); create table other (id int not null, created timestamptz);
create table grand (x int) inherits (child);
