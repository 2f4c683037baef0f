create table m (id int, v text) partition by list (id);
create table m1 partition of m for values in (1);
create table m2 partition of m for values in (2) partition by list (v);
create table m2a partition of m2 for values in ('a');
create index m_v on m (v);
create unique index m_u on m (id, v);
