create table m (id int, v text) partition by range (id);
create index m_v on m (v);
create table m1 partition of m for values from (1) to (10) partition by list (v);
create table m1a partition of m1 default;
