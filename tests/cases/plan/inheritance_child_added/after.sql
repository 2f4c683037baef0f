create table p (a int primary key, b text default 'x' not null check (b <> ''));
create table c (d int) inherits (p);
create table e (b text default 'y', f int) inherits (p);
comment on column c.a is 'inherited';
