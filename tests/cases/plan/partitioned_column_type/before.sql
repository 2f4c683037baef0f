create table m (id int, v varchar(5) default 'a', primary key (id)) partition by list (id);
create table m1 partition of m for values in (1);
create index m_v on m (v);
create view w as select v from m1;
