create table b (id int not null, p text);
create table d (q text[] default '{a}' not null) inherits (b);
