create table a (id int not null, s text);
create table b (p text) inherits (a);
create table d (q text[] default '{a}' not null) inherits (b);
