create table base (id bigint primary key, created timestamptz not null default now(), note text, constraint pos check (id >= 0));
create table child (name varchar(10) default 'x') inherits (base); create table other () inherits (base);
create table grand (x int, id bigint) inherits (child, base); alter table child add primary key (id);
