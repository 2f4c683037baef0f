create table parent (id int);
create table child () inherits (parent);
create table other (remark text) inherits (parent);
