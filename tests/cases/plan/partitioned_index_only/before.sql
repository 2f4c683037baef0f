create table m (id int, v text) partition by list (id);
create table m1 partition of m for values in (1);
create table m2 partition of m for values in (2);
create index m_v on only m (v);
